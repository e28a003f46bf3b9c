"""The columns of our table: what people call them, and those that no directory may hold."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from directory.access import ACCESS
from directory.sources.hsds_refused import is_refused as is_of_the_police
from directory.text import words

WEEKDAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
# Several columns of these kinds are read together; of other kinds the first that says anything.
LISTED: Final = frozenset({"needs", "category", "languages"})
NOT: Final = "!"  # before a key of ACCESS: the column asks the opposite

# Our name of a column -> what else people write over it. Case, blanks, dashes, "?" and "#" do not matter.
OTHER_NAMES: Final[dict[str, str]] = {
    "service_id": "id; record id; key; identificador",
    "organization": "organisation; organization name; agency; agency name; provider; provider name; "
    "nonprofit; charity; company; organizacion; agencia",
    "service": "service name; program; program name; programme; name; site name; resource; "
    "resource name; facility; facility name; nombre; servicio; programa",
    "needs": "need; need codes; necesidad; necesidades",
    "category": "categories; type; types; services; service type; type of service; services offered; "
    "taxonomy; tags; categoria; tipo; servicios",
    "description": "about; summary; details; what they do; service description; descripcion",
    "how_to_get_in": "how to apply; intake; intake process; application process; how to access; "
    "access instructions; como entrar",
    "eligibility": "who; who can come; who is eligible; eligibility criteria; population served; "
    "target population; restrictions; requirements; requisitos; elegibilidad",
    "ages": "age; age group; ages served; age range; edades; edad",
    "min_age": "minimum age; age min; youngest; edad minima",
    "max_age": "maximum age; age max; oldest; edad maxima",
    "gender": "genders; sex; gender served; genero",
    "women_only": "only women; solo mujeres",
    "men_only": "only men; solo hombres",
    "location_name": "location; site; building; place; lugar",
    "address": "address 1; address1; street; street address; street 1; street1; physical address; "
    "address line 1; location address; direccion; domicilio; calle",
    "address_2": "address2; street 2; street2; address line 2; suite; unit; room; apartamento",
    "city": "town; municipality; ciudad; municipio",
    "state": "state province; st; province; estado",
    "zip": "zip code; zipcode; zip 5; postal code; postcode; postal; codigo postal",
    "county": "parish; region; condado",
    "latitude": "lat; y; latitud",
    "longitude": "long; lng; lon; x; longitud",
    "lat_long": "latlong; lat lng; lat lon; latlng; coordinates; coords; point; gps; coordenadas",
    "confidential": "confidential address; confidential location; hidden address; address confidential; "
    "undisclosed; direccion confidencial",
    "location_type": "",
    "time_zone": "timezone; tz; zona horaria",
    "transportation": "directions; how to get there; bus; getting there; como llegar",
    "phone": "phone number; phones; telephone; telephone number; tel; main phone; call; contact phone; "
    "phone 1; phone1; telefono",
    "phone_2": "phone2; second phone; other phone; alternate phone; secondary phone",
    "extension": "ext; phone extension; phone ext",
    "phone_description": "phone note; phone type",
    "intake_phone": "intake line; intake number; admissions phone; admissions; hotline; crisis line; "
    "intake phone number",
    "text_line": "text; text number; sms; text to",
    "fax": "fax number",
    "tty": "tdd; tty tdd; tty number",
    "website": "url; web; web site; site url; link; web address; homepage; web page; pagina web; sitio web",
    "email": "e mail; service email; email address; public email; general email; correo; correo electronico",
    "hours": "hours of operation; open hours; opening hours; business hours; schedule; times; "
    "days and hours; hours open; horario; horarios",
    "monday": "mon; mon hours; monday hours; lunes",
    "tuesday": "tue; tues; tue hours; tuesday hours; martes",
    "wednesday": "wed; wed hours; wednesday hours; miercoles",
    "thursday": "thu; thur; thurs; thu hours; thursday hours; jueves",
    "friday": "fri; fri hours; friday hours; viernes",
    "saturday": "sat; sat hours; saturday hours; sabado",
    "sunday": "sun; sun hours; sunday hours; domingo",
    "open_on_holidays": "holidays; open holidays; holiday hours; open on public holidays",
    "languages": "language; languages spoken; languages offered; idioma; idiomas; lenguas",
    "interpreters": "interpretation; interpretation services; interpreter",
    "cost": "costs; fee; fees; price; prices; how much; payment; payment options; costo; precio",
    "documents": "required documents; documents needed; documents required; what to bring; bring; documentos",
    "wait": "wait time; waiting time; waitlist; wait list; espera",
    "alert": "notice; warning; important; aviso",
    "status": "active; estado del servicio",
    "service_area": "area; area served; service areas; coverage; coverage area; areas served; "
    "geographic area; area de servicio",
    "beds_open": "beds available; open beds; available beds; beds free; camas disponibles",
    "beds_total": "beds; total beds; capacity; number of beds; camas",
    "beds_on": "beds as of; beds said on; beds updated; beds date",
    "verified_on": "last verified; verified; date verified; verified date; last checked; checked on; "
    "last reviewed; reviewed on; last updated; updated; date updated; assured date; verificado",
    "walk_in": "walk ins; walkin; walkins; walk ins welcome; walk ins accepted; accepts walk ins; "
    "no appointment needed; sin cita",
    "intake_24_7": "24 7 intake; 24 7; 24 hour intake; intake 24 hours; intake at any hour",
    "drop_off": "police drop off; ems drop off; police ems drop off; police or ems drop off; "
    "accepts police drop off; first responder drop off; dropoff",
    "same_day_medication": "same day start; same day medicine; same day mat; same day moud; "
    "same day buprenorphine; medication same day",
    "id_needed": "id required; requires id; photo id required; photo id needed; need id; identificacion",
    "!id_needed": "no id needed; no id required; no id",
    "pregnant": "pregnant people; pregnant women; accepts pregnant; accepts pregnant women; "
    "accepts pregnant people; takes pregnant people; embarazadas",
    "children": "children may stay; kids; children welcome; accepts children; with children; ninos",
    "pets": "pets allowed; pets may stay; animals; pets ok; pet friendly; mascotas",
    "medicaid": "accepts medicaid; takes medicaid; medicaid accepted",
    "no_pay": "free care; free; no cost; free of charge; no charge; accepts uninsured; uninsured; "
    "takes people who cannot pay; gratis; gratuito",
    "sliding_scale": "sliding fee; sliding fee scale; sliding scale fees; income based; income based fees",
    "on_medication": "accepts people on methadone or buprenorphine; methadone or buprenorphine ok; mat ok; "
    "accepts mat; moud ok; accepts moud; takes people on medication; accepts people on medication",
    "women": "accepts women; takes women; female; females; mujeres",
    "men": "accepts men; takes men; male; males; hombres",
    "wheelchair": "wheelchair accessible; wheelchair access; accessible; ada; ada accessible; accessibility",
    "telehealth": "telemedicine; virtual; virtual care; remote; by phone or video; online",
    "faith_based": "religious; faith; church based",
}

_PRICE: Final = re.compile(r"\b(free of|no|without) charges?\b", re.IGNORECASE)
_PERSON: Final = frozenset(
    {"client", "clients", "patient", "patients", "participant", "participants", "resident", "residents",
     "victim", "victims", "survivor", "survivors", "defendant", "suspect", "offender", "caller", "consumer",
     "cliente", "paciente", "victima"}
)  # fmt: skip
_OF_A_PERSON: Final = frozenset(
    {"name", "names", "first", "last", "initials", "id", "address", "phone", "email", "birth", "dob", "ssn",
     "gender", "race", "nombre", "apellido", "telefono", "direccion"}
)  # fmt: skip
_NEVER: Final = (
    "ssn", "social security number", "dob", "birthdate", "birthday", "date of birth", "birth date",
    "fecha de nacimiento", "seguro social", "criminal record", "criminal history", "rap sheet",
    "antecedentes penales", "orden de arresto", "booking number", "case number", "probation officer",
    "parole officer", "medical record number", "mrn",
)  # fmt: skip
_CAMEL: Final = re.compile(r"(?<=[a-z])(?=[A-Z])")


def _by_name() -> dict[str, str]:
    found = {key.replace("_", " "): key for key in (*OTHER_NAMES, *ACCESS) if not key.startswith(NOT)}
    for key, others in OTHER_NAMES.items():
        found |= {" ".join(words(other)): key for other in others.split(";") if other.strip()}
    return found


@lru_cache(maxsize=1)
def _names() -> dict[str, str]:
    return _by_name()


@lru_cache(maxsize=1024)
def column(header: str) -> str:
    """Our name of a column, or "" if we do not know it.

    >>> column("Phone #"), column("ZIP Code"), column("Walk-ins?"), column("Favorite color")
    ('phone', 'zip', 'walk_in', '')
    """
    said = _CAMEL.sub(" ", header[:100])
    names = (" ".join(words(each)) for each in (said, re.sub(r"\([^)]*\)", "", said)))
    return next((_names()[name] for name in names if name in _names()), "")


def refused(header: str) -> bool:
    """Whether a column speaks of people or of the police's business with them, not of services.

    >>> [refused(h) for h in ("Open warrants", "Client name", "SSN", "Clients served", "Free of charge")]
    [True, True, True, False, False]
    """
    said = _PRICE.sub("", header[:200])
    if is_of_the_police(said):
        return True
    found = words(_CAMEL.sub(" ", said))
    line = f" {' '.join(found)} "
    if any(f" {never} " in line for never in _NEVER):
        return True
    return not _PERSON.isdisjoint(found) and not _OF_A_PERSON.isdisjoint(found)
