"""Events drawn at random, of two recorders whose clocks are wrong: any journals there can be."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from itertools import count

from hypothesis import strategies as st

from studygroup.core.meeting.journal import EVENT_NAMES, Event, Fields

START = datetime(2026, 11, 23, 19, 0, tzinfo=UTC)

names = st.sampled_from([*EVENT_NAMES, "unheard_of"])
texts = st.sampled_from(["", "ana", "Ben", "join", "next", "ana#2", "ben#1", "said", "rut", "open"])
fields = st.dictionaries(
    st.sampled_from(
        [
            "text",
            "by",
            "of",
            "as",
            "reader",
            "action",
            "reading",
            "section",
            "how",
            "note",
            "agenda",
        ]
    ),
    texts | st.none() | st.integers() | st.lists(texts),
    max_size=4,
)
minutes = st.floats(-100, 100)
event_lists = st.lists(st.tuples(st.sampled_from(["ana", "ben"]), minutes, names, fields))


Drawn = Sequence[tuple[str, float, str, Fields]]


def made(drawn: Drawn) -> list[Event]:
    seqs = {"ana": count(1), "ben": count(1)}
    return [
        Event(next(seqs[who]), START + timedelta(minutes=minute), name, dict(given_), who)
        for who, minute, name, given_ in drawn
    ]
