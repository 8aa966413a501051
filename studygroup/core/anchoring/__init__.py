"""Anchoring: where words stand in the readings, and the verdict on them."""
