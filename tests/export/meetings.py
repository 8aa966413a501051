"""A small study and the sessions that the tests of the exporters write up."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta

from studygroup.core.errors import Place
from studygroup.core.meeting.journal import Event
from studygroup.core.meeting.replay import replay
from studygroup.core.meeting.session import Session
from studygroup.core.prompt import Prompt
from studygroup.core.study import Study
from studygroup.export.blocks import merge
from studygroup.export.markdown import generated
from studygroup.export.write_up import write_up
from tests import builders

START = datetime(2026, 11, 23, 19, 0, tzinfo=UTC)
WALK = builders.reading(
    builders.WALK.replace("year: 1911", "year: 1911\nsource: https://example.org/walk")
)
ASK = "Whose house is it?"
STUDY = Study.build(
    "Walks",
    [WALK],
    [Prompt("house", WALK.slug, "1-the-lock", ASK, Place("q.yaml", 1), section="1-the-lock")],
    [builders.notes()],
)
AT_LOCK = {"reading": WALK.slug, "section": "1-the-lock"}
AT_BRIDGE = {"reading": WALK.slug, "section": "2-the-bridge"}

Told = tuple[str, Mapping[str, object]]


def session(
    *told: Told, title: str = "Canal *night*", agenda: Sequence[Mapping[str, object]] = ()
) -> Session:
    """Return a session of Ana and Ben Okri on the walk in which one thing is told a minute."""
    opened = {"title": title, "readings": [WALK.slug], "minutes": 90, "agenda": list(agenda)}
    events = [
        Event(1, START, "opened", opened, "ana"),
        Event(2, START, "joined", {"reader": "ana"}, "ana"),
        Event(3, START, "joined", {"reader": "ben okri"}, "ana"),
    ]
    for number, (name, fields) in enumerate(told, 4):
        events.append(Event(number, START + timedelta(minutes=number), name, fields, "ana"))
    return replay("2026-11-23-walk", events)


def text(*told: Told) -> str:
    """Return the write-up of such a session in Markdown."""
    return merge("", generated(write_up(session(*told), STUDY))).text
