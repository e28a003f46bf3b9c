"""The results as two pictures, PNG and SVG, readable at the width of a README."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import matplotlib as mpl

mpl.use("Agg")
import matplotlib.pyplot as plt

from benchmarks.searching.questions import TITLES
from benchmarks.searching.tables import LABELS, number

PANELS: Final = ("need", "filtered", "word", "name")
# Okabe and Ito: told apart with any colour vision; the marks differ too.
STYLES: Final = {
    "ours": ("#D55E00", "o"),
    "postgis": ("#0072B2", "s"),
    "tantivy": ("#009E73", "^"),
    "fts5": ("#CC79A7", "D"),
    "whoosh": ("#7F7F7F", "v"),
}
SHORT: Final = {"postgis": "PostGIS", "fts5": "SQLite FTS5", "whoosh": "Whoosh"}
INK: Final = "#222222"


def draw(whole: dict[str, Any], out: Path) -> None:
    mpl.rcParams.update({
        "font.family": "sans-serif", "font.sans-serif": ["DejaVu Sans"], "font.size": 10, "text.color": INK,
        "axes.edgecolor": "#888888", "axes.labelcolor": INK, "xtick.color": INK, "ytick.color": INK,
        "axes.spines.top": False, "axes.spines.right": False, "svg.hashsalt": "openway", "axes.titlesize": 11,
    })  # fmt: skip
    _by_size(whole, out)
    _bars(whole, out)


def _label(name: str) -> str:
    return SHORT.get(name, LABELS[name])


def _by_size(whole: dict[str, Any], out: Path) -> None:
    sizes = sorted(map(int, whole["sizes"]))
    figure, axes = plt.subplots(2, 2, figsize=(8.6, 6.8), sharex=True, sharey=True, layout="constrained")
    for panel, kind in zip(axes.flat, PANELS, strict=True):
        ends = []
        for name, (colour, mark) in STYLES.items():
            known = [
                (size, whole["sizes"][str(size)].get(name, {}).get("warm", {}).get(kind)) for size in sizes
            ]
            points = [(size, found["p50"]) for size, found in known if found]
            if points:
                xs, ys = zip(*points, strict=True)
                panel.plot(xs, ys, color=colour, marker=mark, linewidth=2.6 if name == "ours" else 1.6,
                           markersize=5.5, zorder=3 if name == "ours" else 2)  # fmt: skip
                ends.append((ys[-1], xs[-1], name, colour))
        panel.set(xscale="log", yscale="log", title=TITLES[kind])
        panel.grid(visible=True, which="major", color="#E5E5E5", linewidth=0.8)
        panel.set_xticks(sizes, [f"{size:,}" for size in sizes])
        panel.minorticks_off()
        panel.set_xlim(min(sizes) * 0.8, max(sizes) * (max(sizes) / min(sizes) + 1) ** 0.52)
        panel.yaxis.set_major_formatter(lambda value, _: number(value))
        panel.set_axisbelow(True)
        panel.ends = ends
    figure.supxlabel("services in the directory", fontsize=10)
    figure.supylabel("median time to answer, milliseconds", fontsize=10)
    figure.canvas.draw()
    for panel in axes.flat:
        _name_the_ends(panel)
    _save(figure, out / "search-by-size")


def _name_the_ends(panel: Any) -> None:
    """A name beside the last point of each line, moved apart where they would touch."""
    low, high = panel.get_ylim()
    height = panel.get_window_extent().height / panel.figure.dpi * 72  # points
    step = (high / low) ** (12.0 / height)
    at = 0.0
    for value, size, name, colour in sorted(panel.ends):
        at = max(value, at * step)
        weight = "bold" if name == "ours" else "normal"
        panel.annotate(_label(name), (size, at), xytext=(8, 0), textcoords="offset points", color=colour,
                       va="center", fontsize=9, fontweight=weight, annotation_clip=False)  # fmt: skip


def _bars(whole: dict[str, Any], out: Path) -> None:
    size = max(map(int, whole["sizes"]))
    peers = whole["sizes"][str(size)]
    shown = {kind: _medians(peers, kind) for kind in PANELS}
    every = [value for values in shown.values() for _, value in values]
    most = max(map(len, shown.values()))
    figure, axes = plt.subplots(2, 2, figsize=(8.6, 1.7 + 0.6 * most), sharex=True, layout="constrained")
    for panel, (kind, values) in zip(axes.flat, shown.items(), strict=True):
        ys = range(len(values))
        colours = [STYLES[name][0] for name, _ in values]
        panel.barh(ys, [value for _, value in values], color=colours, height=0.66)
        panel.set_yticks(ys, [_label(name) for name, _ in values])
        panel.set(xscale="log", title=TITLES[kind], xlim=(min(every) / 3, max(every) * 8))
        for y, (name, value) in zip(ys, values, strict=True):
            weight = "bold" if name == "ours" else "normal"
            how = {"textcoords": "offset points", "va": "center", "fontsize": 9, "fontweight": weight}
            panel.annotate(f"{number(value)} ms", (value, y), xytext=(4, 0), **how)
        panel.xaxis.set_major_formatter(lambda value, _: number(value))
        panel.minorticks_off()
        panel.tick_params(axis="y", length=0)
    figure.supxlabel(f"median time to answer, milliseconds (logarithmic); {size:,} services", fontsize=10)
    _save(figure, out / "search-largest")


def _medians(peers: dict[str, Any], kind: str) -> list[tuple[str, float]]:
    """Engines with their medians, the slowest first: the fastest bar is the top one."""
    found = [(name, peers[name]["warm"][kind]["p50"]) for name in STYLES if kind in _warm(peers, name)]
    return sorted(found, key=lambda item: -item[1])


def _warm(peers: dict[str, Any], name: str) -> dict[str, Any]:
    warm: dict[str, Any] = peers.get(name, {}).get("warm", {})
    return warm


def _save(figure: Any, path: Path) -> None:
    figure.savefig(path.with_suffix(".png"), dpi=150, facecolor="white")
    figure.savefig(path.with_suffix(".svg"), facecolor="white", metadata={"Date": None})
    plt.close(figure)
