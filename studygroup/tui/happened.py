"""What a reader has done, told to whoever wants to know: the tour goes on by it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from textual.message import Message

Deed = Literal["search", "quotation", "session", "record", "export"]
"""Words were found, a quotation followed, a session begun, an entry recorded, a write-up made."""


@dataclass
class Happened(Message):
    """Something was done, by whatever way: by key, by mouse, from a list. It is on disk by now."""

    deed: Deed
