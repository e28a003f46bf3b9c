"""Each number once."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from directory.search import distinct

numbers = st.lists(st.integers(-5, 5) | st.integers(-(2**63), 2**63 - 1), max_size=1200)


@given(numbers)
def test_each_once_and_how_many(some: list[int]) -> None:
    given_ = np.array(some, np.int64)
    assert distinct.distinct(given_).tolist() == sorted(set(some))
    assert distinct.count(given_) == len(set(some))


@given(st.lists(numbers, max_size=4))
def test_lists_as_one(lists: list[list[int]]) -> None:
    rows = [np.array(sorted(set(each)), np.int64) for each in lists]
    assert distinct.merged(rows).tolist() == sorted(set().union(*lists))


@given(numbers, st.integers(0, 30))
def test_where_each_stands_first(some: list[int], most: int) -> None:
    first = list({number: some.index(number) for number in some}.values())
    assert distinct.firsts(np.array(some, np.int64), most).tolist() == first[:most]
