"""The search index: the port `core/finding/search.py` in Whoosh, disposable, rebuilt at need."""
