"""What a reader is writing: a note or a prompt that is not on disk yet."""

from __future__ import annotations

from dataclasses import dataclass

from studygroup.core.prompt import Phase, PromptKind


@dataclass(frozen=True, slots=True)
class NoteDraft:
    """A note as typed so far; `done` once it is to be written to the file."""

    text: str
    kind: str = "note"
    done: bool = False


@dataclass(frozen=True, slots=True)
class PromptDraft:
    """A prompt as typed so far; `done` once it is to be written to the file."""

    ask: str
    kind: PromptKind = "interpretive"
    phase: Phase = "core"
    minutes: int | None = None
    done: bool = False
