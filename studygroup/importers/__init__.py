"""A stranger's file → Draft: one module per format, and what they share; no study, no screen."""
