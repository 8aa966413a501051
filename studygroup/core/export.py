"""Exports: the formats, what an exporter is given and what it hands back."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from studygroup.core.meeting.session import Session
from studygroup.core.reading import Reading

if TYPE_CHECKING:
    # `session add` uses this module and has to be quick: it needs no study.
    from studygroup.core.study import Study

SESSION_FORMATS = ("md", "html", "pdf", "docx", "json", "jsonld")
"""What a session can be exported as. A format's name is its files' extension too."""
HANDOUT_FORMATS = ("md", "html", "pdf", "docx")
"""What a reading's handout can be written as."""
EDITED_FORMATS = ("md",)
"""The formats whose files people edit: exported again, they keep what people wrote."""


@dataclass(frozen=True, slots=True)
class Exported:
    """A file's new content.

    `kept` names the generated blocks that were left alone because a person had edited them,
    `left_out` those that a person had removed. `replaced` is the archive in which the file that
    stood there is kept, where it was not as it had been generated.
    """

    data: bytes
    kept: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    replaced: Path | None = None

    @property
    def text(self) -> str:
        """The content of a file that is text."""
        return self.data.decode("utf-8")


class Exporter(Protocol):
    """The port to the exporters: one per format."""

    def export(self, format: str, session: Session, study: Study, old: str) -> Exported:
        """Return the file for a session; `old` is its text so far, "" where there is none.

        Raises UsageError for an unknown format or one that needs a package which is not installed,
        StudyError for a template of the study that cannot be used.
        """
        ...

    def handout(self, format: str, reading: Reading, study: Study, old: str) -> Exported:
        """Return the handout for a reading, and raise, as `export` does for a session."""
        ...
