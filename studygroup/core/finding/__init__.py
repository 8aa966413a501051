"""Search: what can be asked, what is searched, and the port that an index implements."""
