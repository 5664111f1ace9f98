"""Meet Again: a family's photographs, recordings and memories become one more meeting."""

__version__ = "0.1.0"
