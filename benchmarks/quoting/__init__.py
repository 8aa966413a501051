"""Locating quotations: labelled ones to find, and other programs that find them."""
