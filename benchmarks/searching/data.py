"""A synthetic directory of any size, written straight into an SQLite file of the real schema.

    from benchmarks.searching.data import make
    make("sqlite:////tmp/x/openway.db", 100_000, seed=1)

The shape is that of a country: cities with Zipf weights at their real points, services scattered
around them, needs and answers with skewed shares. Names and texts are made-up words; numbers are 555.
"""

# ruff: noqa: S608 -- the SQL is made of constants of this file
from __future__ import annotations

import sqlite3
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final

import numpy as np
import zipcodes
from sqlalchemy.engine import make_url

ROOT = Path(__file__).resolve().parent.parent.parent
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

import migrations  # noqa: E402
from benchmarks.searching.shape import ASKED_FACTS, SHARES, Bits, Listings  # noqa: E402
from directory.ids import made_id  # noqa: E402
from directory.needs import TAXONOMY, load_needs  # noqa: E402
from directory.text import stem, terms, words  # noqa: E402
from storage import open_engine  # noqa: E402

CHUNK: Final = 20_000
CITIES: Final = 3_000
VOCABULARY: Final = 20_000
# Of those that answer, how many say yes.
FACTS: Final = {
    "walk_in": 0.6, "medicaid": 0.7, "no_pay": 0.5, "id_needed": 0.5, "wheelchair": 0.85,
    "sliding_scale": 0.5, "intake_24_7": 0.1, "telehealth": 0.4,
}  # fmt: skip
KNOWN: Final = 0.4
COMMON: Final = (
    "Center", "House", "Community", "Recovery", "Health", "Services", "Family", "Hope", "Clinic", "Mission",
    "Outreach", "Support", "County", "Care", "New", "First", "Foundation", "Alliance", "Behavioral",
    "Network",
)  # fmt: skip
LANGUAGES: Final = (("Spanish", "es"), ("Chinese", "zh"), ("Vietnamese", "vi"), ("Haitian Creole", "ht"),
                    ("Russian", "ru"), ("Arabic", "ar"), ("Korean", "ko"))  # fmt: skip
SOURCE: Final = "synthetic"
_TODAY: Final = date(2026, 6, 1)

Rows = list[tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class City:
    name: str
    state: str
    zip: str
    county: str
    zone: str
    latitude: float
    longitude: float
    spread: float  # degrees of latitude


def cities() -> list[City]:
    """The places with most ZIP codes, the biggest first; some of AK, HI and PR always among them."""
    groups: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    for each in zipcodes.list_all():  # type: ignore[no-untyped-call]
        is_place = each["active"] and each["zip_code_type"] == "STANDARD" and each["timezone"]
        if is_place and abs(float(each["lat"])) > 1:
            groups[each["city"], each["state"]].append(each)
    ranked = sorted(groups.items(), key=lambda item: (-len(item[1]), item[0]))
    kept = ranked[:CITIES]
    for state in ("AK", "HI", "PR"):
        kept += [item for item in ranked[CITIES:] if item[0][1] == state][:5]
    return [_city(name, state, codes) for (name, state), codes in kept]


def _city(name: str, state: str, codes: list[dict[str, Any]]) -> City:
    middle = codes[len(codes) // 2]
    latitude = float(np.median([float(each["lat"]) for each in codes]))
    longitude = float(np.median([float(each["long"]) for each in codes]))
    spread = 0.02 + 0.025 * float(np.log1p(len(codes)))
    return City(name, state, middle["zip_code"], middle["county"] or "", middle["timezone"], latitude,
                longitude, spread)  # fmt: skip


def vocabulary(seed: int = 7) -> list[str]:
    """Made-up words, all different, none of them a stem of another, a city, or a word of a need."""
    rng = np.random.default_rng(seed)
    taken = set(terms(" ".join(f"{need.label} {' '.join(need.words)}" for need in load_needs().needs)))
    taken |= {word for city in cities() for word in words(city.name)} | {word.lower() for word in COMMON}
    first, vowel, last = "bcdfghjklmnprtvz", "aou", "bdfgkmnprtvx"
    found: dict[str, None] = {}
    for _ in range(20 * VOCABULARY):
        shape = (first, vowel, first, vowel, last) if rng.random() < 0.6 else (
            first, vowel, first, vowel, first, vowel, last)  # fmt: skip
        word = "".join(str(letters[int(rng.integers(len(letters)))]) for letters in shape)
        if word not in taken and stem(word) == word:
            found[word] = None
        if len(found) == VOCABULARY:
            break
    return list(found)


def path_of(directory: str | Path) -> Path:
    """The file of an SQLite URL or path."""
    if isinstance(directory, Path) or "://" not in directory:
        return Path(directory)
    url = make_url(directory)
    if url.get_backend_name() != "sqlite" or not url.database:
        raise ValueError(f"{directory}: only an SQLite file can be filled like this")
    return Path(url.database)


def make(
    directory: str | Path, count: int, seed: int = 1, say: Callable[[str], None] = lambda _line: None
) -> float:
    """Writes `count` services into an empty directory; gives services a second."""
    start = time.perf_counter()
    path = path_of(directory)
    engine = open_engine(f"sqlite:///{path.absolute()}")
    migrations.upgrade(engine)
    engine.dispose()
    connection = sqlite3.connect(path, isolation_level=None)
    try:
        for pragma in ("journal_mode=OFF", "synchronous=OFF", "locking_mode=EXCLUSIVE", "cache_size=-800000",
                       "foreign_keys=OFF", "secure_delete=OFF", "temp_store=MEMORY"):  # fmt: skip
            connection.execute(f"PRAGMA {pragma}")
        later = _drop_indexes(connection)
        _fill(connection, count, seed, say)
        for statement in later:
            connection.execute(statement)
        say(f"  {len(later)} indexes made; {time.perf_counter() - start:.0f} s")
        connection.execute("PRAGMA locking_mode=NORMAL")
        connection.execute("PRAGMA journal_mode=WAL")
    finally:
        connection.close()
    return count / (time.perf_counter() - start)


def _drop_indexes(connection: sqlite3.Connection) -> list[str]:
    """Drops the indexes that are not keys; gives what makes them again."""
    found = connection.execute("SELECT name, sql FROM sqlite_master WHERE type='index' AND sql NOT NULL")
    indexes = found.fetchall()
    for name, _ in indexes:
        connection.execute(f'DROP INDEX "{name}"')
    return [sql for _, sql in indexes]


class _Table:
    """An INSERT of some columns; the other NOT NULL columns are literals, so nothing is bound for them."""

    def __init__(self, connection: sqlite3.Connection, name: str, columns: str) -> None:
        given = columns.split()
        literals = {"interval": "1", "closed": "0", "confidential": "0", "languages": "'[]'"}
        info = connection.execute(f'PRAGMA table_info("{name}")').fetchall()
        rest = [row[1] for row in info if row[3] and not row[5] and row[1] not in given]
        fields = ", ".join(f'"{column}"' for column in given + rest)
        values = ", ".join(["?"] * len(given) + [literals.get(column, "''") for column in rest])
        self._sql = f'INSERT INTO "{name}" ({fields}) VALUES ({values})'
        self._connection = connection

    def write(self, rows: Iterable[Sequence[Any]]) -> None:
        self._connection.executemany(self._sql, rows)


_COLUMNS: Final = {
    "organization": "id name description website",
    "service": "id organization_id source_id name status description fees_description minimum_age "
               "maximum_age assured_date last_modified open_on_holidays",
    "location": "id location_type latitude longitude precision time_zone",
    "service_at_location": "id service_id location_id",
    "address": "id location_id address_1 city region state_province postal_code country address_type",
    "phone": "id service_id number type",
    "schedule": "id service_id freq byday opens_at closes_at",
    "language": "id service_id name code",
    "attribute": "id service_id taxonomy_term_id",
    "access_fact": "service_id field answer verified_on source",
    "service_area": "id service_id name extent extent_type",
}  # fmt: skip


def _fill(connection: sqlite3.Connection, count: int, seed: int, say: Callable[[str], None]) -> None:
    tables = {name: _Table(connection, name, columns) for name, columns in _COLUMNS.items()}
    maker = _Maker(seed)
    connection.execute("BEGIN")
    maker.write_vocabulary(connection)
    start = time.perf_counter()
    for first in range(0, count, CHUNK):
        last = min(first + CHUNK, count)
        for name, rows in maker.chunk(first, last).items():
            tables[name].write(rows)
        if last == count or last % 200_000 == 0:
            say(f"  {last:,} services written; {time.perf_counter() - start:.0f} s")
    connection.execute("INSERT INTO directory_state (id, version) VALUES (1, ?)", (f"1-{seed:016x}",))
    connection.execute(
        "INSERT INTO directory_change (generation, version, kind, record_id) VALUES (1, ?, 'listing', '')",
        (f"1-{seed:016x}",),
    )
    connection.execute("COMMIT")


class _Maker:
    """The rows of services first..last, by table. The same for the same seed."""

    def __init__(self, seed: int) -> None:
        self._seed = seed
        self._cities = cities()
        self._words = vocabulary()
        self._titles = [word.capitalize() for word in self._words]
        weights = 1.0 / (np.arange(len(self._cities)) + 4.0)
        self._city_shares = np.cumsum(weights / weights.sum())
        zipf = 1.0 / np.arange(1, len(self._words) + 1)
        self._word_shares = np.cumsum(zipf / zipf.sum())
        names = zipf**0.6
        self._name_shares = np.cumsum(names / names.sum())
        shares = np.array(list(SHARES.values()))
        self._need_shares = np.cumsum(shares / shares.sum())
        self._terms = [made_id("term", TAXONOMY, code, code) for code in SHARES]
        self._schedules = _schedules(np.random.default_rng(seed + 1))

    def write_vocabulary(self, connection: sqlite3.Connection) -> None:
        labels = load_needs()
        taxonomy = made_id("taxonomy", TAXONOMY)
        connection.execute("INSERT INTO source (id, name, licence, url, listed_on, is_demonstration) "
                           "VALUES (?, 'Synthetic', 'CC0', '', ?, 1)", (SOURCE, str(_TODAY)))  # fmt: skip
        connection.execute("INSERT INTO taxonomy (id, name, description, uri, version) "
                           "VALUES (?, ?, ?, '', '')", (taxonomy, TAXONOMY, TAXONOMY))  # fmt: skip
        rows = [(term, taxonomy, code, labels.label(code), labels.label(code))
                for term, code in zip(self._terms, SHARES, strict=True)]  # fmt: skip
        connection.executemany("INSERT INTO taxonomy_term (id, taxonomy_id, code, name, description) "
                               "VALUES (?, ?, ?, ?, ?)", rows)  # fmt: skip

    def chunk(self, first: int, last: int) -> dict[str, Rows]:
        rng = np.random.default_rng((self._seed, first))
        ids = [f"{number:08x}-0000-4000-8000-000000000000" for number in range(first, last)]
        rows: dict[str, Rows] = {}
        home = np.minimum(np.searchsorted(self._city_shares, rng.random(last - first)), len(self._cities) - 1)
        doorless = rng.random(last - first) < 0.03
        rows["organization"], rows["service"] = self._services(rng, ids)
        self._places(rng, ids, home, doorless, rows)
        rows["phone"] = [(each, each, f"+1{200 + n % 700}55501{n % 100:02d}", "voice")
                         for n, each in enumerate(ids, first)]  # fmt: skip
        rows["schedule"] = self._hours(rng, ids)
        rows["language"] = _languages(rng, ids)
        rows["attribute"] = self._attributes(rng, ids)
        rows["access_fact"] = _facts(rng, ids)
        return rows

    def _services(self, rng: np.random.Generator, ids: list[str]) -> tuple[Rows, Rows]:
        count = len(ids)
        names, firms = self._names(rng, count), self._names(rng, count)
        texts = self._texts(rng, count)
        # One in five is given by the organization of the service before it.
        own = rng.random(count) >= 0.2
        own[0] = True
        makers = np.maximum.accumulate(np.where(own, np.arange(count), 0)).tolist()
        status = np.where(rng.random(count) < 0.01, "inactive", "active").tolist()
        days = [str(_TODAY - timedelta(days=day)) for day in range(700)]
        checked = rng.integers(0, 1400, count).tolist()
        ages = [(None, None), (18, None), (None, 17), (12, 25)]
        of_age = rng.choice(4, count, p=[0.6, 0.3, 0.06, 0.04]).tolist()
        organizations = [(ids[n], firms[n], "", "") for n in np.flatnonzero(own).tolist()]
        services = [
            (ids[n], ids[makers[n]], SOURCE, names[n], status[n], texts[n], "", *ages[of_age[n]],
             days[checked[n]] if checked[n] < 700 else None, "2026-05-01 12:00:00.000000", "unknown")
            for n in range(count)
        ]  # fmt: skip
        return organizations, services

    def _names(self, rng: np.random.Generator, count: int) -> list[str]:
        """Two made-up words and one or two common ones: "Bavor Tunok Recovery Center"."""
        drawn = np.searchsorted(self._name_shares, rng.random((count, 2)))
        drawn = np.minimum(drawn, len(self._titles) - 1).tolist()
        common = rng.integers(0, len(COMMON), (count, 2)).tolist()
        two = (rng.random(count) < 0.5).tolist()
        titles = self._titles
        return [
            f"{titles[a]} {titles[b]} {COMMON[c]} {COMMON[d]}"
            if both
            else f"{titles[a]} {titles[b]} {COMMON[c]}"
            for (a, b), (c, d), both in zip(drawn, common, two, strict=True)
        ]

    def _texts(self, rng: np.random.Generator, count: int) -> list[str]:
        lengths = rng.integers(15, 41, count)
        ends = np.cumsum(lengths)
        drawn = np.searchsorted(self._word_shares, rng.random(int(ends[-1])))
        chosen = np.array(self._words, dtype=object)[np.minimum(drawn, len(self._words) - 1)].tolist()
        starts = (ends - lengths).tolist()
        return [" ".join(chosen[a:b]) + "." for a, b in zip(starts, ends.tolist(), strict=True)]

    def _places(self, rng: np.random.Generator, ids: list[str], home: Bits, doorless: Bits,
                rows: dict[str, Rows]) -> None:  # fmt: skip
        branches = np.where((rng.random(len(ids)) < 0.05) & ~doorless, rng.integers(2, 6, len(ids)), 1)
        owner = np.repeat(np.arange(len(ids)), branches)
        spread = np.array([city.spread for city in self._cities])[home][owner]
        latitude = np.array([city.latitude for city in self._cities])[home][owner]
        longitude = np.array([city.longitude for city in self._cities])[home][owner]
        latitude = np.round(latitude + rng.normal(0, 1, len(owner)) * spread, 6)
        scatter = rng.normal(0, 1, len(owner)) * spread / np.cos(np.radians(latitude))
        longitude = np.round(longitude + scatter, 6)
        streets = rng.integers(0, len(self._titles), len(owner)).tolist()
        rows["location"], rows["service_at_location"], rows["address"], rows["service_area"] = [], [], [], []
        branch, before = 0, -1
        points = zip(owner.tolist(), latitude.tolist(), longitude.tolist(), streets, strict=True)
        for number, (n, lat, lng, street) in enumerate(points):
            branch = branch + 1 if n == before else 0
            before = n
            city, service = self._cities[int(home[n])], ids[n]
            place = f"{service[:-1]}{branch}"
            rows["service_at_location"].append((place, service, place))
            if doorless[n]:
                rows["location"].append((place, "virtual", None, None, "none", city.zone))
                state = number % 4 > 0  # three of four serve their state, one everybody
                extent, kind = (city.state, "state") if state else ("US", "country")
                rows["service_area"].append((service, service, extent, extent, kind))
                continue
            rows["location"].append((place, "physical", lat, lng, "street", city.zone))
            rows["address"].append((place, place, f"{100 + number % 9000} {self._titles[street]} St",
                                    city.name,
                                    city.county, city.state, city.zip, "US", "physical"))  # fmt: skip

    def _hours(self, rng: np.random.Generator, ids: list[str]) -> Rows:
        open_known = np.flatnonzero(rng.random(len(ids)) < 0.6).tolist()
        # Few sets are common, many are rare.
        chosen = np.minimum(rng.geometric(0.02, len(open_known)) - 1, len(self._schedules) - 1).tolist()
        return [
            (ids[n], ids[n], "WEEKLY", *rule)
            for n, number in zip(open_known, chosen, strict=True)
            for rule in self._schedules[number]
        ]

    def _attributes(self, rng: np.random.Generator, ids: list[str]) -> Rows:
        drawn = np.searchsorted(self._need_shares, rng.random((len(ids), 3))).tolist()
        how_many = rng.choice([1, 2, 3], len(ids), p=[0.75, 0.18, 0.07]).tolist()
        return [
            (each, each, self._terms[need])
            for each, needs, many in zip(ids, drawn, how_many, strict=True)
            for need in dict.fromkeys(needs[:many])
        ]


def _schedules(rng: np.random.Generator) -> list[Rows]:
    """300 sets of weekly rules: (byday, opens_at, closes_at)."""
    week = ("MO,TU,WE,TH,FR", "MO,TU,WE,TH", "MO,WE,FR", "TU,TH", "MO,TU,WE,TH,FR,SA", "MO,TU,WE,TH,FR,SA,SU")
    found: dict[tuple[Any, ...], None] = {}
    for _ in range(10_000):
        opens, closes = 6 + int(rng.integers(0, 10)) / 2, 15 + int(rng.integers(0, 14)) / 2
        rules = [(week[int(rng.integers(len(week)))], _clock(opens), _clock(closes))]
        if rng.random() < 0.3:
            rules.append(("SA", _clock(opens + 2), _clock(13)))
        found[tuple(rules)] = None
        if len(found) == 300:
            break
    return [list(rules) for rules in found]


def _clock(hours: float) -> str:
    return f"{int(hours):02d}:{round(hours % 1 * 60):02d}:00.000000"


def _languages(rng: np.random.Generator, ids: list[str]) -> Rows:
    who = np.flatnonzero(rng.random(len(ids)) < 0.2).tolist()
    which = np.minimum(rng.geometric(0.5, len(who)) - 1, len(LANGUAGES) - 1).tolist()
    return [(ids[n], ids[n], *LANGUAGES[language]) for n, language in zip(who, which, strict=True)]


def _facts(rng: np.random.Generator, ids: list[str]) -> Rows:
    known = rng.random((len(ids), len(FACTS))) < KNOWN
    says_yes = rng.random((len(ids), len(FACTS))) < np.array(list(FACTS.values()))
    names, answers = list(FACTS), ("no", "yes")
    who, which = np.nonzero(known)
    said = says_yes[who, which].tolist()
    pairs = zip(who.tolist(), which.tolist(), said, strict=True)
    return [(ids[n], names[fact], answers[yes], "2026-05-01", "call") for n, fact, yes in pairs]


def read(path: Path) -> Listings:
    """All listings of a directory, in the order of a Hilbert curve (the best order for every peer)."""
    connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    rows = connection.execute(
        "SELECT a.id, a.service_id, l.latitude, l.longitude, s.status = 'active', "
        "coalesce(d.state_province, ''), s.name || ' ' || o.name, "
        "s.description || ' ' || coalesce(d.city, '') "
        "FROM service_at_location a JOIN service s ON s.id = a.service_id "
        "JOIN location l ON l.id = a.location_id JOIN organization o ON o.id = s.organization_id "
        "LEFT JOIN address d ON d.location_id = l.id ORDER BY a.id"
    ).fetchall()
    needs = _needs_by_service(connection)
    facts = {name: _facts_by_service(connection, name) for name in ASKED_FACTS}
    connection.close()
    points = np.array([(np.nan if row[2] is None else row[2], np.nan if row[3] is None else row[3])
                       for row in rows])  # fmt: skip
    order = np.argsort(_curve(points[:, 0], points[:, 1]), kind="stable").tolist()
    rows = [rows[n] for n in order]
    services = [row[1] for row in rows]
    return Listings(
        [row[0] for row in rows], services, points[order, 0], points[order, 1],
        np.array([needs.get(each, 0) for each in services], np.int64),
        {name: np.array([said.get(each, -1) for each in services], np.int8) for name, said in facts.items()},
        np.array([bool(row[4]) for row in rows]),
        [row[5] for row in rows], [row[6] for row in rows], [row[7] for row in rows],
    )  # fmt: skip


def _needs_by_service(connection: sqlite3.Connection) -> dict[str, int]:
    bit = {code: 1 << n for n, code in enumerate(SHARES)}
    codes = dict(connection.execute("SELECT id, code FROM taxonomy_term"))
    found: dict[str, int] = defaultdict(int)
    for service, term in connection.execute("SELECT service_id, taxonomy_term_id FROM attribute"):
        found[service] |= bit.get(codes[term], 0)
    return found


def _facts_by_service(connection: sqlite3.Connection, name: str) -> dict[str, int]:
    rows = connection.execute("SELECT service_id, answer = 'yes' FROM access_fact WHERE field = ?", (name,))
    return dict(rows.fetchall())


def _curve(latitude: Bits, longitude: Bits) -> Bits:
    """Place of each point on a Hilbert curve over the map (32 bits); NaN comes last."""
    side, missing = 1 << 16, np.isnan(latitude)
    x = np.clip((np.where(missing, 0, longitude) + 180) / 360 * side, 0, side - 1).astype(np.int64)
    y = np.clip((np.where(missing, 0, latitude) + 90) / 180 * side, 0, side - 1).astype(np.int64)
    curve = np.zeros(len(x), np.int64)
    for bit in range(15, -1, -1):
        step = 1 << bit
        right, up = (x & step) > 0, (y & step) > 0
        curve += step * step * ((3 * right.astype(np.int64)) ^ up.astype(np.int64))
        x, y = np.where(~up & right, side - 1 - x, x), np.where(~up & right, side - 1 - y, y)
        x, y = np.where(~up, y, x), np.where(~up, x, y)
    curve[missing] = np.iinfo(np.int64).max
    return curve
