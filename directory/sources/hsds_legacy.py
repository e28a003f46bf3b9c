"""Older names: rows of HSDS 1.1 and Ohana packages as rows of HSDS 3.x tables. Pure.

Sources: HSDS 1.1 tables; the CSV set of Code for America's Ohana API. Rows that are 3.x already
pass through.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any, Final

from directory.ids import is_uuid
from directory.sources.hsds_kinds import DATE
from directory.sources.hsds_languages import listed_languages
from directory.sources.hsds_shape import WEEKDAYS
from directory.text import fold

Row = dict[str, Any]
Rows = Iterator[tuple[str, Row]]

_OPEN_ELIGIBILITY: Final = re.compile(r"[0-9]{3}(-[0-9]{2,3})*")
_LIST: Final = re.compile(r"\s*[,;]\s*")
_YEAR: Final = 2001  # any year without a 29 February


def _plain(table: str, **older: str) -> Callable[[Row], Rows]:
    """A table whose columns had other names: new=old. What the new column says wins."""

    def adapt(row: Row) -> Rows:
        renamed = {new: row[old] for new, old in older.items() if row.get(old) and not row.get(new)}
        yield table, {**row, **renamed}

    return adapt


def _place_of(row: Row) -> str:
    return f"{row['id']}/{row['location_id']}"


def _service(row: Row) -> Rows:
    for table, said in _plain("service", fees_description="fees", url="website")(row):
        eligibility = [said.get("eligibility_description"), row.get("eligibility"), row.get("audience")]
        yield table, {**said, "eligibility_description": "; ".join(filter(None, eligibility))}
    if row.get("location_id"):  # Ohana: a service has one location
        pair = {"service_id": row["id"], "location_id": row["location_id"]}
        yield "service_at_location", {"id": _place_of(row), **pair}
    yield from _lists_of_service(row)
    for code in _LIST.split(row.get("taxonomy_ids", "")):
        if code:
            yield "attribute", {"id": f"{row['id']}/{code}", "link_id": row["id"], "taxonomy_term_id": code}


def _lists_of_service(row: Row) -> Rows:
    """Lists that Ohana keeps in one cell, and 3.x in tables of their own."""
    own = row["id"]
    if row.get("required_documents"):
        document = row["required_documents"]
        yield "required_document", {"id": f"{own}/document", "service_id": own, "document": document}
    for area in filter(None, _LIST.split(row.get("service_areas", ""))):
        yield "service_area", {"id": f"{own}/area/{area}", "service_id": own, "name": area}
    for name in listed_languages(row.get("languages", "")):
        yield "language", {"id": f"{own}/language/{name}", "service_id": own, "name": name}
    for word in filter(None, _LIST.split(row.get("keywords", ""))):
        yield _term(own, "keywords", word)
    for payment in filter(None, _LIST.split(row.get("accepted_payments", ""))):
        yield from _payment({"id": f"{own}/{payment}", "service_id": own, "payment": payment})


def _term(service_id: str, taxonomy: str, name: str) -> tuple[str, Row]:
    term = {"name": name, "taxonomy": taxonomy}
    row = {"id": f"{service_id}/{taxonomy}/{name}", "link_id": service_id, "taxonomy_term": term}
    return "attribute", row


def _payment(row: Row) -> Rows:
    service_id, payment = row.get("service_id", ""), row.get("payment") or row.get("payment_accepted", "")
    if payment:
        yield _term(service_id, "payment", payment)
    if "medicaid" in fold(payment):
        yield "access", {"service_id": service_id, "question": "medicaid", "answer": "yes"}


def _location(row: Row) -> Rows:
    for table, said in _plain("location", url="website", description="short_desc")(row):
        virtual = str(row.get("virtual", "")).lower() in ("true", "t", "yes", "1")
        yield table, {**said, "location_type": said.get("location_type") or ("virtual" if virtual else "")}
    own = row["id"]
    for name in filter(None, _LIST.split(row.get("accessibility", ""))):
        words = name.replace("_", " ").capitalize()
        yield "accessibility", {"id": f"location/{own}/{name}", "location_id": own, "description": words}
    for name in listed_languages(row.get("languages", "")):
        yield "language", {"id": f"location/{own}/language/{name}", "location_id": own, "name": name}


def _apart(row: Row, table: str) -> Row:
    """Two older tables become one of 3.x: row 1 of the one is not row 1 of the other."""
    return row if is_uuid(row["id"]) else {**row, "id": f"{table}/{row['id']}"}


def _address(kind: str) -> Callable[[Row], Rows]:
    def adapt(row: Row) -> Rows:
        more = (row.get(name, "") for name in ("address_2", "address_3", "address_4"))
        said = {**_apart(row, kind), "address_2": ", ".join(filter(None, more))}
        yield "address", {**said, "address_type": said.get("address_type") or kind}

    return adapt


def _phone(row: Row) -> Rows:
    for table, said in _plain("phone", type="number_type", description="department")(row):
        prefix = row.get("country_prefix", "")
        number = said.get("number", "")
        abroad = prefix and prefix.lstrip("+") != "1" and not number.startswith("+")
        yield table, {**said, "number": f"+{prefix.lstrip('+')} {number}" if abroad else number}
    for name in listed_languages(row.get("language", "")):
        yield "language", {"id": f"{row['id']}/language/{name}", "phone_id": row["id"], "name": name}


def _language(row: Row) -> Rows:
    if row.get("name") or row.get("code"):
        yield "language", row
        return
    names = listed_languages(row.get("language", ""))  # 1.1: a name, or a list of them
    for name in names:
        own = row["id"] if len(names) == 1 else f"{row['id']}/{name}"
        yield "language", {**row, "id": own, "name": name}


def _week(row: Row) -> Rows:
    """HSDS 1.1 counts the days of the week from Monday, 1; Ohana names them."""
    said = str(row.get("weekday", "")).strip()
    if said.isascii() and said.isdigit() and int(said) <= 7:
        byday = WEEKDAYS[(int(said) - 1) % 7]
    else:
        byday = said[:2].upper()
    yield "schedule", {**_apart(row, "regular"), "freq": "WEEKLY", "byday": byday}


def _holiday(row: Row) -> Rows:
    first, last = row.get("start_date", ""), row.get("end_date", "") or row.get("start_date", "")
    yearly = _every_year(first, last)
    rule = {"exact_rule": "freq=YEARLY", "byyearday": yearly}
    days = {"valid_from": first, "valid_to": last}
    yield "schedule", {**_apart(row, "holiday"), **(rule if yearly else days)}


def _every_year(first: str, last: str) -> str:
    """Ohana writes the year 1 for "every year": those days as iCalendar's days of the year.

    Days after February are counted from the end of the year, so that leap years change nothing.
    """
    try:
        start, end = DATE.read(first), DATE.read(last)
    except ValueError:
        return ""
    if start.year != 1:
        return ""
    start = start.replace(year=_YEAR)
    end = end.replace(year=_YEAR if (end.month, end.day) >= (start.month, start.day) else _YEAR + 1)
    days = (start + timedelta(days=n) for n in range((end - start).days + 1))
    return ",".join(str(_day_of_year(day)) for day in days)


def _day_of_year(day: date) -> int:
    number = day.timetuple().tm_yday
    return number if day.month <= 2 else number - 366


def _taxonomy(row: Row) -> Rows:
    """In 1.1 this table holds the terms; in 3.x, under a like name, the taxonomies."""
    if not row.keys() & {"parent_id", "parent_name", "vocabulary", "taxonomy_id"}:
        yield "taxonomy", row
        return
    own = row.get("taxonomy_id") or row["id"]
    name = row.get("vocabulary", "") or ("open-eligibility" if _OPEN_ELIGIBILITY.fullmatch(own) else "")
    code = "" if is_uuid(own) else own
    yield "taxonomy_term", {"id": own, "code": code, "name": row.get("name", ""), "taxonomy": name}


def _service_taxonomy(row: Row) -> Rows:
    said = {"link_id": row.get("service_id"), "taxonomy_term_id": row.get("taxonomy_id")}
    yield "attribute", {"id": row["id"], **said, "value": row.get("taxonomy_detail", "")}


# By file name without its ending; singular and plural alike (see table_of). First what others name.
_ADAPTERS: Final[dict[str, Callable[[Row], Rows]]] = {
    "service": _service,
    "service_at_location": _plain("service_at_location"),
    "organization": _plain("organization", website="url"),
    "location": _location,
    "unit": _plain("unit"),
    "taxonomy": _taxonomy,
    "taxonomy_term": _plain("taxonomy_term"),
    "phone": _phone,
    "address": _address("physical"),
    "physical_address": _address("physical"),
    "postal_address": _address("postal"),
    "mail_address": _address("postal"),
    "schedule": _plain("schedule"),
    "regular_schedule": _week,
    "holiday_schedule": _holiday,
    "language": _language,
    "accessibility": _plain("accessibility", description="accessibility"),
    "accessibility_for_disability": _plain("accessibility", description="accessibility"),
    "cost_option": _plain("cost_option"),
    "payment_accepted": _payment,
    "eligibility": _plain("eligibility"),
    "required_document": _plain("required_document"),
    "service_area": _plain("service_area", name="service_area"),
    "attribute": _plain("attribute"),
    "service_attribute": _plain("attribute", link_id="service_id"),
    "service_taxonomy": _service_taxonomy,
    "service_capacity": _plain("service_capacity"),
    "url": _plain("url"),
    "metadata": _plain("metadata"),
    "access": _plain("access"),
}
TABLE_ORDER: Final = tuple(_ADAPTERS)
CONTACTS: Final = "contact"
# Tables of the standard that hold nothing we show.
PASSED_OVER: Final = frozenset(
    {CONTACTS, "program", "funding", "meta_table_description", "organization_identifier", "source"}
)
_ODD_PLURALS: Final = {
    "services_at_location": "service_at_location",
    "services_at_locations": "service_at_location",
    "services_taxonomy": "service_taxonomy",
    "payments_accepted": "payment_accepted",
    "accessibility_for_disabilities": "accessibility_for_disability",
    "accessibilities": "accessibility",
    "eligibilities": "eligibility",
    "access": "access",
}


def table_of(name: str) -> str:
    """The table that a file is, by its name without ending; "" for one that we do not know.

    >>> [table_of(name) for name in ("Services", "services_at_location", "taxonomies", "notes")]
    ['service', 'service_at_location', 'taxonomy', '']
    """
    low = name.lower().strip().replace("-", "_").replace(" ", "_")
    endings = ((r"ies$", "y"), (r"(ss)es$", r"\1"), (r"s$", ""))
    tries = [low, _ODD_PLURALS.get(low, ""), *(re.sub(end, new, low) for end, new in endings)]
    return next((each for each in tries if each in _ADAPTERS or each in PASSED_OVER), "")


def adapted(table: str, row: Row) -> Rows:
    """A row of a table that we know, as rows of 3.x tables. It has an `id`, if need be a made one."""
    yield from _ADAPTERS[table](row)
