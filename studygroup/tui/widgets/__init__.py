"""The panels of the screen, one per file, and how their text is wrapped and drawn."""
