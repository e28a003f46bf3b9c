"""A page as a reader meets it: its words, links, fields and headings, by the standard HTML parser."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

BLOCKS = frozenset({"p", "li", "dt", "dd", "td", "th"})
VOID = frozenset({"meta", "link", "input", "br", "hr", "img", "path", "use"})


@dataclass
class Tag:
    name: str
    attributes: dict[str, str]
    words: str = ""
    inside: tuple[str, ...] = ()

    def __getitem__(self, attribute: str) -> str:
        return self.attributes.get(attribute, "")


@dataclass
class Reader(HTMLParser):
    """Feeds on a page; `tags` are in document order."""

    tags: list[Tag] = field(default_factory=list)
    open: list[Tag] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = Tag(tag, {k: v or "" for k, v in attrs}, inside=tuple(each.name for each in self.open))
        self.tags.append(said)
        if tag in BLOCKS:
            self.handle_data(" ")
        if tag not in VOID:
            self.open.append(said)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(Tag(tag, {k: v or "" for k, v in attrs}))

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open[-1].name != tag:
            self.faults.append(f"</{tag}> where {[each.name for each in self.open[-2:]]} is open")
        elif tag not in VOID:
            self.open.pop()

    def handle_data(self, data: str) -> None:
        for tag in self.open:
            tag.words += data


@dataclass(frozen=True)
class Page:
    tags: list[Tag]
    faults: list[str]

    @property
    def words(self) -> str:
        """What can be read in the main part, with single blanks."""
        return " ".join(next(tag for tag in self.tags if tag.name == "main").words.split())

    def all(self, name: str) -> list[Tag]:
        return [tag for tag in self.tags if tag.name == name]

    def fields(self, name: str) -> list[str]:
        return [tag["value"] for tag in self.all("input") if tag["name"] == name]

    def links(self) -> list[str]:
        return [tag["href"] for tag in self.all("a")]

    def form(self, form_id: str) -> dict[str, list[str]]:
        """The hidden fields inside the form with an id."""
        start = next(i for i, tag in enumerate(self.tags) if tag.name == "form" and tag["id"] == form_id)
        found: dict[str, list[str]] = {}
        for tag in self.tags[start + 1 :]:
            if "form" not in tag.inside:
                break
            if tag.name == "input":
                found.setdefault(tag["name"], []).append(tag["value"])
        return found


def read(html: str) -> Page:
    reader = Reader()
    reader.feed(html)
    return Page(reader.tags, reader.faults)
