"""Search: Query -> Results. `engine` joins nearness, words, filters and ranking."""

from directory.search.engine import Search

__all__ = ["Search"]
