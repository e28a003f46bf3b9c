"""What travels through the directory: frozen records, named as HSDS 3.1 names them.

No database, no HTTP, no search engine here. Anything HSDS does not have says so.
Source of names: Human Services Data Specification 3.1, https://docs.openreferral.org
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import StrEnum
from typing import NamedTuple


class Answer(StrEnum):
    """What a listing says of a question. Unknown is an answer of its own: "call first"."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class Point(NamedTuple):
    """WGS 84, decimal degrees."""

    latitude: float
    longitude: float


class Precision(StrEnum):
    """How well we know where a location is (ours, not HSDS's)."""

    STREET = "street"
    ZIP = "zip"  # the middle of its ZIP code
    NONE = "none"  # no door: by phone, online, or a whole state


@dataclass(frozen=True, slots=True)
class Language:
    id: str
    name: str
    code: str = ""  # BCP 47
    note: str = ""  # how: staff, interpreter on site, phone interpreter


@dataclass(frozen=True, slots=True)
class Phone:
    """`number` is E.164 for a US number ("+13125550100"), a short code ("988"), or as written."""

    id: str
    number: str
    extension: str = ""
    type: str = "voice"  # voice, text, fax, tty
    description: str = ""  # "intake", "main", "hotline"
    languages: tuple[Language, ...] = ()


@dataclass(frozen=True, slots=True)
class Address:
    id: str
    address_1: str
    city: str
    state_province: str
    postal_code: str
    address_2: str = ""
    attention: str = ""
    region: str = ""  # county
    country: str = "US"
    address_type: str = "physical"


@dataclass(frozen=True, slots=True)
class Schedule:
    """One opening rule: an iCalendar RRULE in parts, with times in the location's own zone.

    opens_at and closes_at both empty and `closed` false: by appointment or text only.
    closes_at <= opens_at: closes after midnight. 00:00 to 00:00 (or 24:00): all day.
    `closed` (ours): the days this rule names are closed, whatever other rules say.
    """

    id: str
    freq: str = ""  # DAILY, WEEKLY, MONTHLY, YEARLY; empty: the dates valid_from..valid_to
    byday: str = ""  # "MO,TU" or "1MO"
    bymonthday: str = ""
    byyearday: str = ""
    byweekno: str = ""
    interval: int = 1
    wkst: str = ""
    count: int | None = None
    dtstart: date | None = None
    until: date | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    opens_at: time | None = None
    closes_at: time | None = None
    timezone: float | None = None  # HSDS: offset from UTC in hours; the location's zone wins
    description: str = ""  # the words of the source
    notes: str = ""
    schedule_link: str = ""
    attending_type: str = ""
    closed: bool = False


@dataclass(frozen=True, slots=True)
class Accessibility:
    id: str
    description: str = ""
    details: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class CostOption:
    id: str
    option: str = ""
    amount: float | None = None
    currency: str = ""
    amount_description: str = ""
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True, slots=True)
class RequiredDocument:
    id: str
    document: str
    uri: str = ""


@dataclass(frozen=True, slots=True)
class ServiceArea:
    id: str
    name: str = ""
    description: str = ""
    extent: str = ""
    extent_type: str = ""  # ours: "state" (extent "IL"), "zip" ("60601,60602"), "country" ("US")
    uri: str = ""


@dataclass(frozen=True, slots=True)
class Capacity:
    """HSDS service_capacity with its unit folded in."""

    id: str
    unit: str
    available: float
    updated: datetime
    maximum: float | None = None
    description: str = ""


@dataclass(frozen=True, slots=True)
class Url:
    id: str
    url: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class Attribute:
    """A taxonomy term on a service: HSDS attribute -> taxonomy_term -> taxonomy."""

    id: str
    taxonomy: str  # "openway", "open-eligibility", or the source's own
    code: str
    name: str
    value: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True)
class Metadata:
    """HSDS metadata: one change to one field of a record."""

    id: str
    resource_id: str
    resource_type: str
    last_action_date: date
    last_action_type: str
    field_name: str
    previous_value: str
    replacement_value: str
    updated_by: str


@dataclass(frozen=True, slots=True)
class Fact:
    """One of the answers that decide a night (directory/access.py lists them)."""

    answer: Answer
    verified_on: date | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """Where records come from. `listed_on`: the date the source speaks of, not of the import."""

    id: str  # "samhsa-2022", "demo"
    name: str
    licence: str
    url: str = ""
    listed_on: date | None = None
    is_demonstration: bool = False


@dataclass(frozen=True, slots=True)
class Organization:
    id: str
    name: str
    alternate_name: str = ""
    description: str = ""
    email: str = ""
    website: str = ""
    phones: tuple[Phone, ...] = ()
    additional_websites: tuple[Url, ...] = ()
    legal_status: str = ""
    tax_status: str = ""
    parent_organization_id: str = ""


@dataclass(frozen=True, slots=True)
class Location:
    """`confidential` (ours): point and street are dropped before saving and never come back."""

    id: str
    location_type: str = "physical"  # physical, postal, virtual
    name: str = ""
    alternate_name: str = ""
    description: str = ""
    transportation: str = ""
    url: str = ""
    point: Point | None = None
    precision: Precision = Precision.NONE
    time_zone: str = ""  # IANA, "America/Chicago" (ours)
    confidential: bool = False
    addresses: tuple[Address, ...] = ()
    phones: tuple[Phone, ...] = ()
    schedules: tuple[Schedule, ...] = ()
    languages: tuple[Language, ...] = ()
    accessibility: tuple[Accessibility, ...] = ()


@dataclass(frozen=True, slots=True)
class Service:
    id: str
    name: str
    status: str = "active"  # active, inactive, defunct, temporarily closed
    alternate_name: str = ""
    description: str = ""
    url: str = ""
    email: str = ""
    interpretation_services: str = ""
    application_process: str = ""
    fees_description: str = ""
    wait_time: str = ""
    accreditations: str = ""
    licenses: str = ""
    eligibility_description: str = ""
    alert: str = ""
    minimum_age: int | None = None
    maximum_age: int | None = None
    assured_date: date | None = None  # last checked by a person
    assurer_email: str = ""
    last_modified: datetime | None = None
    open_on_holidays: Answer = Answer.UNKNOWN  # ours
    phones: tuple[Phone, ...] = ()
    schedules: tuple[Schedule, ...] = ()
    languages: tuple[Language, ...] = ()
    service_areas: tuple[ServiceArea, ...] = ()
    cost_options: tuple[CostOption, ...] = ()
    required_documents: tuple[RequiredDocument, ...] = ()
    capacities: tuple[Capacity, ...] = ()
    additional_urls: tuple[Url, ...] = ()
    attributes: tuple[Attribute, ...] = ()
    source_codes: tuple[str, ...] = ()  # raw codes of the source ("DT", "OP"); kept packed
    access: Mapping[str, Fact] = field(default_factory=dict)  # directory/access.py


@dataclass(frozen=True, slots=True)
class ServiceAtLocation:
    """A service at one of its locations, with what is said only of that pair."""

    id: str
    location: Location
    description: str = ""
    phones: tuple[Phone, ...] = ()
    schedules: tuple[Schedule, ...] = ()
    service_areas: tuple[ServiceArea, ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """What a source reader yields: one service, who runs it, where it is given.

    key: stable within its source, the same row gives the same key every time.
    line: where in the file it stands, for messages ("row 17").
    """

    key: str
    line: str
    organization: Organization
    service: Service
    places: tuple[ServiceAtLocation, ...]
    metadata: tuple[Metadata, ...] = ()


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a row was not taken, or taken without a part of it."""

    file: str
    line: str
    field: str
    reason: str
    rejected: bool = True  # False: a warning; the row was taken

    def __str__(self) -> str:
        where = ", ".join(part for part in (self.file, self.line, self.field) if part)
        return f"{where}: {self.reason}"


@dataclass(frozen=True, slots=True)
class Listing:
    """The unit of search and of display: one service at one location, whole."""

    id: str  # of the service_at_location
    service: Service
    organization: Organization
    location: Location
    source: Source
    description: str = ""
    own_phones: tuple[Phone, ...] = ()
    own_schedules: tuple[Schedule, ...] = ()
    own_service_areas: tuple[ServiceArea, ...] = ()

    @property
    def phones(self) -> tuple[Phone, ...]:
        """The numbers to call, the most particular first, each once."""
        said = self.own_phones, self.service.phones, self.location.phones, self.organization.phones
        unique = {(p.number, p.extension): p for group in reversed(said) for p in reversed(group)}
        return tuple(reversed(unique.values()))

    @property
    def schedules(self) -> tuple[Schedule, ...]:
        """The rules that hold here: the most particular level that has any."""
        return self.own_schedules or self.service.schedules or self.location.schedules

    @property
    def service_areas(self) -> tuple[ServiceArea, ...]:
        return self.own_service_areas or self.service.service_areas

    @property
    def languages(self) -> tuple[Language, ...]:
        return self.service.languages or self.location.languages

    @property
    def address(self) -> Address | None:
        """The door, if there is one that may be told."""
        physical = [a for a in self.location.addresses if a.address_type == "physical"]
        return physical[0] if physical else None
