"""Replacing a reading by a better copy of it, with everything that hangs on its sections kept."""
