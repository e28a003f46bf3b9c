"""Imports keep the better of what they know, once, and nothing that must not be kept."""

from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select

from directory import importing, schema
from directory.ids import made_id
from directory.model import Point, Precision, Problem
from tests.worlds import NOW, SOURCE, FewZips, entry, imported, open_store

STREET = Point(41.93, -87.65)


def test_the_same_input_twice_changes_nothing(tmp_path: Path) -> None:
    engine, store = open_store(tmp_path)
    rows = [entry(str(n), needs=["detox"]) for n in range(700)]
    assert str(imported(engine, *rows)) == "700 imported, 0 updated, 0 unchanged, 0 rejected"
    version = store.version()
    assert str(imported(engine, *rows)) == "0 imported, 0 updated, 700 unchanged, 0 rejected"
    assert store.version() == version


def test_a_changed_row_replaces_the_old_one_whole(tmp_path: Path) -> None:
    engine, store = open_store(tmp_path)
    imported(engine, entry("a", needs=["detox", "food"], access={"walk_in": "yes"}), entry("b"))
    changed = entry("a", name="New name", needs=["shelter"], phone="+13125550199")
    assert str(imported(engine, changed, entry("b"))) == "0 imported, 1 updated, 1 unchanged, 0 rejected"
    [listing] = store.service(made_id("service", "a"))
    assert listing.service.name == "New name"
    assert [a.code for a in listing.service.attributes] == ["shelter"]
    assert [p.number for p in listing.phones] == ["+13125550199"]
    assert not listing.service.access


def test_what_goes_in_comes_out_whole(tmp_path: Path) -> None:
    engine, store = open_store(tmp_path)
    given = entry("a", needs=["detox"], point=STREET, access={"pets": "no"}, minimum_age=18)
    imported(engine, given)
    [listing] = store.listings([given.places[0].id])
    kept = replace(listing.service, last_modified=None)
    assert kept == given.service
    assert listing.organization == given.organization
    assert listing.location.point == STREET
    assert listing.location.time_zone == "America/Chicago"
    assert listing.source == SOURCE


def test_a_row_without_a_point_stands_in_the_middle_of_its_zip_and_says_so(tmp_path: Path) -> None:
    engine, store = open_store(tmp_path)
    imported(engine, entry("a", postal_code="02139-1234"))
    [listing] = store.service(made_id("service", "a"))
    assert listing.location.precision is Precision.ZIP
    assert listing.location.point == FewZips.known["02139"].point
    assert listing.location.time_zone == "America/New_York"


def test_a_list_without_points_does_not_lose_the_street_point(tmp_path: Path) -> None:
    engine, store = open_store(tmp_path)
    imported(engine, entry("a", point=STREET))
    assert imported(engine, entry("a")).unchanged == 1
    assert store.service(made_id("service", "a"))[0].location.point == STREET


def test_a_point_of_the_source_beats_the_middle_of_our_zip(tmp_path: Path) -> None:
    engine, store = open_store(tmp_path)
    imported(engine, entry("a"))
    said = entry("a", point=Point(41.9, -87.6), precision=Precision.ZIP)
    assert imported(engine, said).updated == 1
    assert store.service(made_id("service", "a"))[0].location.point == Point(41.9, -87.6)
    assert imported(engine, said).unchanged == 1


def test_a_source_may_correct_its_own_point(tmp_path: Path) -> None:
    engine, store = open_store(tmp_path)
    imported(engine, entry("a", point=STREET))
    assert imported(engine, entry("a", point=Point(41.7, -87.7))).updated == 1
    assert store.service(made_id("service", "a"))[0].location.point == Point(41.7, -87.7)


def test_two_rows_of_one_door_agree_on_its_better_point_in_any_order(tmp_path: Path) -> None:
    rough = entry("a", address="5 Oak St", point=Point(41.9, -87.6), precision=Precision.ZIP)
    fine = entry("b", address="5 Oak St", point=STREET, precision=Precision.STREET)
    for number, rows in enumerate(([rough, fine], [fine, rough])):
        (tmp_path / str(number)).mkdir()
        engine, store = open_store(tmp_path / str(number))
        imported(engine, *rows)
        assert imported(engine, *rows).unchanged == 2
        assert {each.location.point for each in store.all()} == {STREET}


def test_a_new_address_is_placed_anew(tmp_path: Path) -> None:
    engine, store = open_store(tmp_path)
    imported(engine, entry("a", point=STREET))
    moved = entry("a", postal_code="02139")
    assert imported(engine, moved).updated == 1
    assert store.service(made_id("service", "a"))[0].location.point == FewZips.known["02139"].point


@pytest.mark.parametrize("said", ["Confidential location", "Address undisclosed", "5 Oak St"])
def test_a_confidential_location_keeps_no_street_and_no_point(tmp_path: Path, said: str) -> None:
    engine, store = open_store(tmp_path)
    given = entry("a", address=said, point=STREET)
    if said == "5 Oak St":
        place = given.places[0]
        hidden = replace(place, location=replace(place.location, confidential=True))
        given = replace(given, places=(hidden,))
    imported(engine, given)
    [listing] = store.service(made_id("service", "a"))
    assert listing.location.confidential
    assert listing.location.point == FewZips.known["60614"].point
    assert listing.location.precision is Precision.ZIP
    assert listing.address is not None
    assert listing.address.address_1 == ""
    engine.dispose()
    kept = b"".join(path.read_bytes() for path in tmp_path.iterdir() if path.is_file())
    assert said.encode() not in kept


def test_a_run_that_breaks_leaves_what_was_there(tmp_path: Path) -> None:
    engine, store = open_store(tmp_path)
    imported(engine, entry("old"))

    def broken():  # type: ignore[no-untyped-def]
        yield from (entry(str(n)) for n in range(1200))
        raise RuntimeError("the disk is full")

    with pytest.raises(RuntimeError):
        importing.run(engine, SOURCE, broken(), FewZips(), NOW)
    assert [each.service.name for each in store.all()] == ["Service old"]
    assert store.version().startswith("1-")


def test_problems_are_counted_and_kept(tmp_path: Path) -> None:
    engine, _ = open_store(tmp_path)
    bad = Problem("list.csv", "row 3", "zip", "no such ZIP")
    odd = Problem("list.csv", "row 4", "phone", "kept as written", rejected=False)
    report = imported(engine, entry("a"), bad, odd)
    assert str(report) == "1 imported, 0 updated, 0 unchanged, 1 rejected"
    assert [str(each) for each in report.problems] == [
        "list.csv, row 3, zip: no such ZIP",
        "list.csv, row 4, phone: kept as written",
    ]


def test_removing_a_source_takes_all_of_it_and_nothing_else(tmp_path: Path) -> None:
    from directory.saving import remove_source
    from storage import begin

    engine, store = open_store(tmp_path)
    imported(engine, entry("a", needs=["food"], access={"pets": "yes"}), entry("b"))
    other = replace(SOURCE, id="other")
    imported(engine, replace(entry("c"), key="c"), source=other)
    with begin(engine) as connection:
        assert remove_source(connection, "test") == 2
    assert [each.service.name for each in store.all()] == ["Service c"]
    with engine.connect() as connection:
        for table in (schema.phone, schema.address, schema.access_fact, schema.attribute):
            rows = connection.execute(select(table)).all()
            assert len(rows) == (1 if table in (schema.phone, schema.address) else 0), table.name


def test_one_key_twice_in_a_run_is_one_service(tmp_path: Path) -> None:
    engine, store = open_store(tmp_path)
    report = imported(engine, entry("a"), entry("a", name="Better"))
    assert (report.imported, report.updated) == (1, 1)
    assert [each.service.name for each in store.all()] == ["Better"]


def test_a_service_by_phone_for_one_state_keeps_the_hours_of_that_state(tmp_path: Path) -> None:
    from directory.model import ServiceArea

    engine, store = open_store(tmp_path)
    area = (ServiceArea("x", extent="MA", extent_type="state"),)
    imported(engine, entry("a", postal_code="", service_areas=area))
    [listing] = store.service(made_id("service", "a"))
    assert listing.location.point is None
    assert listing.location.time_zone == "America/New_York"


def test_phones_of_a_service_its_place_and_its_organization_all_come_back(tmp_path: Path) -> None:
    from directory.model import Phone

    engine, store = open_store(tmp_path)
    given = entry("a", phone="+13125550101")
    place = given.places[0]
    location = replace(place.location, phones=(Phone("l", "+13125550102"),))
    given = replace(
        given,
        organization=replace(given.organization, phones=(Phone("o", "+13125550103"),)),
        places=(replace(place, location=location, phones=(Phone("p", "+13125550104"),)),),
    )
    imported(engine, given)
    [listing] = store.service(made_id("service", "a"))
    assert [phone.number[-1] for phone in listing.phones] == ["4", "1", "2", "3"]


def test_no_words_of_a_confidential_place_tell_the_way_there(tmp_path: Path) -> None:
    from directory.model import Schedule

    engine, store = open_store(tmp_path)
    given = entry(
        "a",
        description="Ring at 77 Hidden Street",
        url="https://example.org/hidden-street",
        alert="Hidden Street is closed",
        schedules=(Schedule("s", description="Mon at Hidden Street"),),
    )
    place = given.places[0]
    told = (
        Schedule(
            "t", description="Ring at Hidden Street", notes="Hidden", schedule_link="https://a.org/hidden"
        ),
    )
    location = replace(
        place.location,
        confidential=True,
        name="House on Hidden Street",
        description="Hidden Street",
        schedules=told,
    )
    hidden = replace(
        given, places=(replace(place, location=location, description="Hidden Street", schedules=told),)
    )
    imported(engine, hidden)
    [listing] = store.service(made_id("service", "a"))
    assert "idden" not in repr(listing)
    assert [phone.number for phone in listing.phones] == ["+13125550100"]
    engine.dispose()
    assert all(b"idden" not in path.read_bytes() for path in tmp_path.iterdir() if path.is_file())
