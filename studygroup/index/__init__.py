"""The search index: the port `core.search.SearchIndex` in Whoosh, disposable, rebuilt at need."""
