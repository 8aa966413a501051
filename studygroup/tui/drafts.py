"""What a reader is writing: a note or a prompt that is not in the study yet, kept on the disk."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from threading import Lock

from studygroup.core.prompt import KINDS, PHASES, Phase, PromptKind
from studygroup.core.workspace import State


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


class Drafts:
    """The note and the prompt begun in a study. `keep` and `restore` may be called from any thread.

    What is assigned to `note` and `prompt` is on disk once `keep` was called, and there again at
    the next start after `restore`.
    """

    def __init__(self, state: State) -> None:
        self.note = NoteDraft("")
        self.prompt = PromptDraft("")
        self._state = state
        self._kept = {"note": "", "prompt": ""}
        self._keeping = Lock()

    @property
    def begun(self) -> tuple[str, ...]:
        """What is begun: `note`, `prompt`, both or neither."""
        return tuple(name for name, text in self._texts().items() if text)

    def restore(self) -> None:
        """Take up what was kept; what was begun since then stays."""
        with self._keeping:
            self._kept = {name: self._state.draft(name) for name in self._kept}
            if not self.note.text:
                self.note = _note(_fields(self._kept["note"]))
            if not self.prompt.ask:
                self.prompt = _prompt(_fields(self._kept["prompt"]))

    def keep(self) -> None:
        """Keep both as they are now; one without words is dropped. Raises CannotWrite."""
        # One at a time, each with what is true by then: a slow disk lets no older state win.
        with self._keeping:
            for name, text in self._texts().items():
                if text != self._kept[name]:
                    self._state.keep_draft(name, text)
                    self._kept[name] = text

    def _texts(self) -> dict[str, str]:
        note, prompt = self.note, self.prompt
        return {
            "note": json.dumps(asdict(note)) if note.text.strip() else "",
            "prompt": json.dumps(asdict(prompt)) if prompt.ask.strip() else "",
        }


def _fields(kept: str) -> dict[str, object]:
    try:
        found = json.loads(kept)
    except ValueError:
        return {}  # nothing was kept, or it was damaged: a draft begins empty
    return found if isinstance(found, dict) else {}


def _note(fields: dict[str, object]) -> NoteDraft:
    return NoteDraft(str(fields.get("text", "")), str(fields.get("kind", "note")))


def _prompt(fields: dict[str, object]) -> PromptDraft:
    minutes = fields.get("minutes")
    return PromptDraft(
        str(fields.get("ask", "")),
        next((k for k in KINDS if k == fields.get("kind")), "interpretive"),
        next((p for p in PHASES if p == fields.get("phase")), "core"),
        minutes if isinstance(minutes, int) else None,
    )
