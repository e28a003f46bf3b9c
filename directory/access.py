"""The answers that decide a night: may I just come, now, as I am?

One entry is a whole field: its key in data and API, and what it asks. The words shown to
people are in web/templates and translations under the same keys.
Source: field list of responders and peers, reference/pathways.md 5.2.
"""

from __future__ import annotations

from typing import Final

ACCESS: Final[dict[str, str]] = {
    "walk_in": "Takes people who walk in, no appointment",
    "intake_24_7": "Takes new people at any hour, every day",
    "drop_off": "Police or ambulance may bring a person here",
    "same_day_medication": "Starts medication the same day",
    "id_needed": "Asks for an ID",
    "pregnant": "Takes pregnant people",
    "children": "Children may stay with their parent",
    "pets": "Pets may stay",
    "medicaid": "Takes Medicaid",
    "no_pay": "Takes people who cannot pay",
    "sliding_scale": "Price depends on income",
    "on_medication": "Takes people on methadone or buprenorphine",
    "women": "Takes women",
    "men": "Takes men",
    "wheelchair": "A wheelchair can get in",
    "telehealth": "Works by phone or video",
    "faith_based": "Run by a faith group",
}
