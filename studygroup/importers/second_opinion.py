"""What trafilatura takes for the text of a page, where it is installed (the extra `web`)."""

from __future__ import annotations

import logging

LARGEST = 8_000_000
"""Characters of a page from which no second opinion is asked for: it would take minutes."""


def second_opinion(page: str) -> str:
    """The words of a page's text, a paragraph a line; empty where there is nobody to ask, or no
    answer.
    """
    if len(page) > LARGEST:
        return ""
    try:
        from trafilatura import extract
    except ImportError:
        return ""
    for name in ("trafilatura", "htmldate", "courlan"):
        logging.getLogger(name).addHandler(logging.NullHandler())  # what they log is not for users
    try:
        found = extract(page, include_comments=False, include_tables=True)
    except Exception:  # noqa: BLE001 whatever it stumbles over, it is one opinion less
        return ""
    return found or ""
