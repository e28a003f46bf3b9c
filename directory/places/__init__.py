"""Places, offline: words -> a point, several to choose from, or nothing; never a silent guess.

Nothing here asks a network. Facts come from the package `zipcodes`, whose coordinates are those of
GeoNames (CC BY 4.0).
"""

from directory.places.gazetteer import Gazetteer

__all__ = ["Gazetteer"]
