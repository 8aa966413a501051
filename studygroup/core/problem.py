"""Problems: what is broken in a study, where, and what can be done about it."""

from __future__ import annotations

from dataclasses import dataclass

from studygroup.core.errors import Place, sentence


@dataclass(frozen=True, slots=True)
class Problem:
    """Something in the study that is broken: what, where, and what can be done about it."""

    place: Place
    what: str
    hint: str = ""

    def __str__(self) -> str:
        return sentence(self.what, self.place, self.hint)
