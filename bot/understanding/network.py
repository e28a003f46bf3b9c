"""A second look at a text: its labels told apart all at once, over a few hidden units.

A regression weighs each feature for one label alone. What stands behind a unit counts for all of them
("a film", "last year", "my training"). Why both: docs/decisions/0013.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt


@dataclass(frozen=True, slots=True)
class Network:
    """The way from the hidden units to the labels: `outward[unit, label]`, and a bias for each label."""

    labels: tuple[str, ...]
    outward: npt.NDArray[np.float32]
    bias: npt.NDArray[np.float32]

    @property
    def units(self) -> int:
        return len(self.outward)

    def __call__(self, units: npt.NDArray[np.float32]) -> dict[str, float]:
        """How likely each label is; together they make 1. `units`: what flows into each."""
        told = np.maximum(units, 0) @ self.outward + self.bias
        shares = np.exp(told - told.max())
        return dict(zip(self.labels, (shares / shares.sum()).tolist(), strict=True))
