"""The study folder and the core: the only code that reads or writes a study's files."""
