"""Measures how fast the program is, beside others that do the same; never part of the tests."""
