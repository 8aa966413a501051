"""The command line: one file per command, one writer to standard output."""
