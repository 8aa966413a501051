"""What was found out about a study's quotations before, for the next reading of it to build on."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    # An outline hands the memory on and asks for no quotation: nothing else is loaded for it.
    from studygroup.core.quoting.auditor import Judged, Reused
    from studygroup.core.quoting.locating import Answer, Ask
    from studygroup.core.reading import Reading


@dataclass
class Memory:
    """Shared by the studies that one folder gives, one after the other.

    `judged` has what each note, prompt and section quotes, `answers` where each quotation stands,
    `reused` what readings have in common, each with the readings in which it was sought: whoever
    finds that these are others seeks again only what that can have changed (see `Locating`).
    Threads may share it: its entries are immutable, and one that two threads make at a time is the
    same.
    """

    judged: dict[object, Judged] = field(default_factory=dict)
    answers: dict[Ask, Answer] = field(default_factory=dict)
    readings: tuple[Reading, ...] = ()
    reused: Reused | None = None

    def same(self, readings: tuple[Reading, ...]) -> tuple[Reading, ...]:
        """Return these readings as the very tuple that was given last, where they are the same."""
        known = self.readings
        if len(known) != len(readings) or any(
            a is not b for a, b in zip(known, readings, strict=True)
        ):
            self.readings = readings
        return self.readings
