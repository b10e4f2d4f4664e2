"""How fine pictures are in print."""

LARGEST_PPI = 350
"""Pictures finer than this at their printed size gain nothing on paper."""
HARDLY_FINER = 1.05
"""How many times as fine, in either direction, a picture may be that is not scaled again for its place."""
