"""Quotations: what a text quotes, where those words stand, and the verdict on them."""
