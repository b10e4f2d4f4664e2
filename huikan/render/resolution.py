"""How fine pictures are in print."""

LARGEST_PPI = 350
"""Pictures finer than this at their printed size gain nothing on paper."""
