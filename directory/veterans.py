"""Whether a service is for veterans only, from its source's codes and its own words."""

from __future__ import annotations

import re
from typing import Final

from directory.model import Service
from directory.text import fold
from translations import mark

LABEL: Final = mark("For veterans")
# SAMHSA: a place of the Department of Veterans Affairs. VET is a program for veterans where all may come.
_CODES: Final = frozenset(("VAMC", "VAHC"))
# All that is said of who may come: "Veterans only", "For veterans and their families".
_SAID: Final = re.compile(
    r"(only )?(for )?(military |us )?veterans( only)?( and (their )?(family|families)( members)?)?"
)


def is_for_veterans(service: Service) -> bool:
    said = " ".join(fold(service.eligibility_description).strip(" .").split())
    return not _CODES.isdisjoint(service.source_codes) or bool(_SAID.fullmatch(said))
