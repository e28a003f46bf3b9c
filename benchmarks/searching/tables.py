"""The results as markdown tables."""

from __future__ import annotations

from typing import Any

from benchmarks.searching.questions import KINDS, TITLES

LABELS = {
    "ours": "Openway",
    "postgis": "PostgreSQL + PostGIS",
    "tantivy": "tantivy",
    "fts5": "SQLite FTS5 + R*Tree",
    "whoosh": "Whoosh, plain",
}


def markdown(whole: dict[str, Any]) -> str:
    sizes = sorted(whole["sizes"], key=int)
    parts = [_latency(size, whole["sizes"][size]) for size in sizes]
    parts += [_costs(size, whole["sizes"][size]) for size in sizes]
    parts += [_ways(size, whole["sizes"][size]) for size in sizes[-1:]]
    return "\n\n".join(parts) + "\n"


def _ranked(peers: dict[str, Any]) -> list[str]:
    return [name for name in LABELS if name in peers]


def _table(head: list[str], rows: list[list[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def _latency(size: str, peers: dict[str, Any]) -> str:
    names = _ranked(peers)
    rows = []
    for kind in (*KINDS, "whole"):
        found = [peers[name]["warm"].get(kind, {}) for name in names]
        cells = [_cell(each) for each in found]
        rows += [[TITLES[kind], *cells]] if any(cells) else []
        usual = [_cell(each.get("usual")) for each in found]
        ways = ", ".join(sorted({each["usual"]["way"] for each in found if "usual" in each}))
        rows += [[f"{TITLES[kind]}: {ways}", *usual]] if ways else []
    title = f"**{int(size):,} services**: warm, p50 / p95 / p99 in ms"
    return f"{title}\n\n{_table(['question', *(LABELS[name] for name in names)], rows)}"


def _cell(found: dict[str, Any] | None) -> str:
    return " / ".join(number(found[f"p{share}"]) for share in (50, 95, 99)) if found else ""


def number(value: float) -> str:
    """Two digits that say something: 0.042, 1.9, 312."""
    return f"{value:,.0f}" if value >= 10 else f"{float(f'{value:.2g}'):g}"


def _costs(size: str, peers: dict[str, Any]) -> str:
    head = ["engine", "built, services/s", "on disk, MB", "fresh process to first answer, s (cold disk)",
            "the same, warm disk", "first query cold, ms: need / filters / word / name",
            "RSS, MB (before it opened)",
            "one more process: Pss / dirty, MB", "server Pss, MB", "change visible, ms", "wrong"]  # fmt: skip
    rows = [_cost(peers[name], LABELS[name]) for name in _ranked(peers)]
    return f"**{int(size):,} services**: what it costs\n\n{_table(head, rows)}"


def _cost(peer: dict[str, Any], label: str) -> list[str]:
    start, second, cold = peer["start"], peer["second"], peer["cold"]
    first = " / ".join(number(cold[kind]["first_ms"]) for kind in ("need", "filtered", "word_common", "name"))
    server = second.get("server_pss_kb")
    return [
        label, f"{peer['services_per_s']:,.0f}", f"{peer['bytes'] / 1e6:,.0f}", number(start["process_s"]),
        number(second["process_s"]), first,
        f"{start['rss_kb'] / 1024:,.0f} ({start['before_kb'] / 1024:,.0f})",
        f"{second['pss_kb'] / 1024:,.0f} / {second['private_dirty_kb'] / 1024:,.0f}",
        f"{server / 1024:,.0f}" if server else "", number(peer["visible_ms"]), str(peer["wrong"]),
    ]  # fmt: skip


def _ways(size: str, peers: dict[str, Any]) -> str:
    rows = []
    for name in _ranked(peers):
        for kind, found in peers[name]["warm"].items():
            tried = found.get("tried_p50_ms", {})
            ranked = sorted(tried, key=tried.__getitem__)
            if len(ranked) > 1:
                said = "; ".join(f"{way} {number(tried[way])}" for way in ranked)
                rows.append([LABELS[name], TITLES[kind], said])
    head = ["engine", "question", "ways tried, the fastest first (p50 of 20, ms)"]
    return f"**{int(size):,} services**: ways to ask\n\n{_table(head, rows)}"
