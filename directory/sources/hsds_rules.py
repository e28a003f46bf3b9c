"""HSDS schedule objects as our rules. A rule that cannot be read whole keeps its words, not its hours."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any, Final

from directory.model import Schedule
from directory.sources.hsds_nodes import Node
from directory.sources.hsds_objects import RESTATED
from directory.sources.hsds_shape import TABLES, WEEKDAYS

_FREQUENCIES: Final = ("", "DAILY", "WEEKLY", "MONTHLY", "YEARLY")
_BYDAY: Final = re.compile(rf"[+-]?[0-9]{{0,2}}({'|'.join(WEEKDAYS)})")
_NUMBER: Final = re.compile(r"[+-]?[0-9]{1,3}")
# Which parts decide on which days a rule holds, and what a readable one looks like.
_LISTS: Final = {"byday": _BYDAY, "bymonthday": _NUMBER, "byyearday": _NUMBER, "byweekno": _NUMBER}
_KINDS: Final = {column.name: column.kind for column in TABLES["schedule"].columns}
# Left out for a fault, these change what the rule means.
_DECIDING: Final = frozenset(_LISTS) | {
    "valid_from", "valid_to", "dtstart", "until", "count", "freq", "interval", "opens_at", "closes_at",
}  # fmt: skip


def schedule(node: Node, schedule_id: str) -> Schedule:
    """A rule, as written. Faults are warned of."""
    before = len(node.reading.problems)
    values = node.values("schedule")
    exact = values.pop("exact_rule", "")
    _check_parts(node, values)
    rule = Schedule(id=schedule_id, **values)
    if exact:
        rule = _exactly(node, rule, exact)
    faults = {problem.field.rpartition(".")[2] for problem in node.reading.problems[before:]}
    if faults & _DECIDING:
        node.warn("", "the rule cannot be read whole; its words are kept, its hours are not")
        return replace(rule, opens_at=None, closes_at=None, closed=False)
    return rule


def _check_parts(node: Node, values: dict[str, Any]) -> None:
    values["freq"] = values.get("freq", "").upper()
    if values["freq"] not in _FREQUENCIES:
        node.warn("freq", f'"{values.pop("freq")[:40]}" is not WEEKLY or MONTHLY; left out')
    for name, item in _LISTS.items():
        if name in values:
            values[name] = "".join(values[name].upper().split())
            if not all(item.fullmatch(part) for part in values[name].split(",")):
                node.warn(name, f'"{values.pop(name)[:40]}" is not a list like MO,TU or 1,15; left out')
    values["wkst"] = values.get("wkst", "").upper()[:2]
    for name in ("interval", "count"):
        if values.get(name, 1) < 1:
            node.warn(name, f"{values.pop(name)} is not a whole number from 1; left out")
    if abs(values.get("timezone", 0.0)) > 24:
        node.warn("timezone", f"{values.pop('timezone')} is not an offset in hours; left out")


def _exactly(node: Node, rule: Schedule, exact: str) -> Schedule:
    """The rule with what HSDS had no words for (hsds_objects.py writes it)."""
    parts = dict(part.partition("=")[::2] for part in exact.split(";"))
    try:
        if not parts.keys() <= set(RESTATED) or parts.get("freq", "") not in _FREQUENCIES:
            raise ValueError(f'"{exact[:40]}" is not a rule of ours')
        empty = {"freq": "", "byday": ""}
        read: dict[str, Any] = {k: _KINDS[k].read(v) if v else empty.get(k) for k, v in parts.items()}
    except ValueError as error:
        node.warn("exact_rule", f"{error}; left out")
        return rule
    return replace(rule, **read)
