"""Why a line was taken for a heading or left in the text, in words for whoever reviews it."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from studygroup.core.draft import Reason
from studygroup.importers.headings import WEIGHTS

_SAID: Final = {
    "tagged": "stands in heading tags",
    "marked": "begins with #",
    "underlined": "is underlined",
    "division": "names a part or chapter",
    "sequence": "is numbered, and others count on",
    "named": "the contents name it",
    "known": "is what parts of books are called",
    "capitals": "all letters are capitals",
    "titled": "its words begin with capitals",
    "capital": "begins with a capital",
    "short": "is short",
    "open": "ends without a stop",
    "asking": "is a question to nobody",
    "apart": "stands apart from the text above",
    "leads": "text follows it",
    "below number": "stands below a number",
    "long": "is long",
    "stop": "ends with a full stop",
    "runs on": "runs on into the next line",
    "small": "begins with a small letter",
    "wondering": "asks or exclaims as a sentence does",
    "quoted": "stands in quotation marks or brackets",
    "beside": "stands beside another line like it",
    "unlike": "other headings are marked or numbered",
    "title page": "stands above all text, as on a title page",
    "unnamed": "the contents do not name it",
    "leads nowhere": "no text follows it",
    "hangs": "hangs close below the text above",
    "repeated": "stands there several times",
    "credit": "names whom the words above are from",
    "date": "is a date",
    "signature": "is a signature",
    "byline": "names the author",
    "last word": "is the last word of a text",
    "greeting": "is a greeting",
    "address": "is an address",
    "caption": "is a caption",
    "formula": "has marks of a formula or a program",
    "item": "is an item of a list",
}


def reasons_of(features: Collection[str]) -> tuple[Reason, ...]:
    """The reasons that a line's features are, the weightiest first."""
    ordered = sorted(features, key=lambda name: (-abs(WEIGHTS[name]), name))
    return tuple(Reason(name, WEIGHTS[name], _SAID[name]) for name in ordered)
