"""Kills recording programs at random points, again and again, and reads what they left.

    python -m tests.kill_rounds 10000        as many kills as you like
    python -m tests.kill_rounds 1000 42      with the choices of a run that told its seed

A warm process forks one recorder after the other (see `kill_recorder`). Half of them die after a
random number of lines of code, wherever that is: opening, appending, syncing, mending a torn tail,
taking over a lock. The others are killed from outside after a random time. What a recorder told in
a pipe, after the call that it is about had returned, has to be in the journals: once, and in order.
Prints one JSON document. Where anything was lost, it ends with 1 and says what, and the seed.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import tempfile
import time
from collections import Counter
from datetime import datetime
from pathlib import Path

from studygroup.core.meeting.journal import Event
from studygroup.core.meeting.session_reader import SessionReader
from studygroup.files.journal_folder import JournalFolder
from studygroup.files.journal_line import encode
from studygroup.files.state import StateFile
from studygroup.tui.kept_lines import KeptLines
from tests.kill_recorder import Recorder, Told, warm_up

ROUNDS_OF_A_SESSION = 25
LONGEST_LIFE = 0.04
"""Seconds within which a recorder that is killed from outside dies, where the machine has time."""
PATIENCE = 8
"""How many times as long such a recorder is let live, at most, where the machine is busy."""
ENTRIES_A_KILL = 2
"""How much is to be acknowledged on average; where it is less, the machine is busy."""
MOST_LINES = 18_000
"""Lines of code within which another one dies; opening a journal takes it some 5,000."""
CUT_OFF = "the line is cut off or is no event"

Signature = tuple[str, str]
"""What an event is known by: its name, and its words or the entry it is about."""


class LostError(Exception):
    """Something that was acknowledged is not there, or what is there cannot be read."""


class Rounds:
    """Sessions that are recorded and killed, and what has been acknowledged in them."""

    def __init__(self, folder: Path, chance: random.Random) -> None:
        self.chance = chance
        self.counts: Counter[str] = Counter()
        self.folder = folder
        self.root = self.home = folder
        self.session = ""
        self.acknowledged: dict[str, list[list[Signature]]] = {}  # by each who lived
        self.torn = 0
        self.longest_life = LONGEST_LIFE

    def run(self, kills: int) -> None:
        """Kill so many recorders. Raises LostError."""
        warm = self.folder / "warm"
        warm.mkdir()
        warm_up(warm, warm / "home")
        number = 0
        while self.counts["kills"] < kills:
            if number % ROUNDS_OF_A_SESSION == 0:
                self._begin_session()
            number += 1
            self._tear()
            self._round(number)
        self._read_anew()

    def _begin_session(self) -> None:
        """Have a session started by people who are killed meanwhile, until one lives to tell."""
        if self.session:
            self._read_anew()
        self.counts["sessions"] += 1
        self.root = self.folder / str(self.counts["sessions"])
        self.home = self.root / "home"
        self.root.mkdir()
        self.session = ""
        attempts = 0
        while not self.session:
            # Each who was killed may leave a session behind, and the next one looks at all of them.
            attempts += 1
            starter = Recorder("ana", lines=self.chance.randrange(MOST_LINES * attempts))
            starter.fork(self.root, self.home, "", 0, self.chance.random())
            told = self._end([starter])[0]
            self.session = next((t["started"] for t in told if "started" in t), "")
        self.acknowledged = {"ana": [], "ben": []}
        self.torn = 0
        self.reader = JournalFolder(self.root, self.home).follow(self.session)

    def _round(self, number: int) -> None:
        """Let one or two people record, or one person twice; kill them; look at what they left."""
        other = self.chance.choices(["", "ben", "ana"], [6, 3, 1])[0]
        recorders = [self._drawn("ana")] + ([self._drawn(other, later=0.75)] if other else [])
        for place, recorder in enumerate(recorders):
            words = number * 2 + place
            recorder.fork(self.root, self.home, self.session, words, self.chance.random())
        self.counts["rounds of two recorders"] += other == "ben"
        self.counts["rounds of one recorder twice"] += other == "ana"
        for recorder, told in zip(recorders, self._end(recorders), strict=True):
            self._hear(recorder, told, twice=other == recorder.name)
        self._keep_pace()
        self._look()

    def _keep_pace(self) -> None:
        """Let recorders live longer while they get little done: the machine is busy."""
        behind = self.counts["acknowledged"] < ENTRIES_A_KILL * self.counts["kills"]
        pace = self.longest_life * (1.2 if behind else 0.9)
        self.longest_life = min(max(pace, LONGEST_LIFE), LONGEST_LIFE * PATIENCE)

    def _drawn(self, name: str, later: float = 0.0) -> Recorder:
        if not later and self.chance.random() < 0.5:
            reach = self.chance.choice([MOST_LINES // 3, MOST_LINES])
            return Recorder(name, lines=self.chance.randrange(reach))
        return Recorder(name, seconds=self.longest_life * self.chance.uniform(later, later + 1))

    def _tear(self) -> None:
        """Now and then leave half a line behind what was synced, as a power cut does."""
        path = self.root / "sessions" / self.session / "ana.jsonl"
        whole = path.read_bytes() if path.exists() else b""
        if self.chance.random() < 0.3 and whole.endswith(b"\n"):
            never = Event(9999, datetime.now().astimezone(), "said", {"text": "half"}, "ana")
            line = encode(never)
            with path.open("ab") as file:
                file.write(line[: self.chance.randrange(1, len(line) - 2)])
            self.torn += 1
            self.counts["torn lines left to mend"] += 1

    def _end(self, recorders: list[Recorder]) -> list[list[Told]]:
        """Kill those who don't die of themselves, each at its time; return what they told."""
        begun = time.monotonic()
        for recorder in sorted(recorders, key=lambda r: r.seconds):
            if recorder.lines is None:
                time.sleep(max(0.0, begun + recorder.seconds - time.monotonic()))
                os.kill(recorder.pid, signal.SIGKILL)
        found = []
        for recorder in recorders:
            status = os.waitstatus_to_exitcode(os.waitpid(recorder.pid, 0)[1])
            self.counts["kills"] += status == -signal.SIGKILL
            found.append(recorder.heard())
        return found

    def _hear(self, recorder: Recorder, told: list[Told], twice: bool) -> None:
        """Take down what a recorder acknowledged, and see that its unfinished line is kept."""
        done = [(t["did"], t["words"]) for t in told if "did" in t]
        self.acknowledged[recorder.name].append(done)
        self.counts["acknowledged"] += len(done)
        self.counts["killed before the first entry"] += not done
        for t in told:
            if "failed" in t or ("refused" in t and not twice):
                raise LostError(f"{recorder.name} could not record: {t}")
        keeping = [t["keeping"] for t in told if "keeping" in t]
        kept = [t["kept"] for t in told if "kept" in t]
        stands = KeptLines.read(StateFile(self.home).line(self.session, recorder.name)).typed
        if kept and not twice and stands not in keeping[keeping.index(kept[-1]) :]:
            raise LostError(f"the line kept for {recorder.name} is {stands!r}, not {kept[-1]!r}")

    def _look(self) -> None:
        """Compare the journals, as far as they are read now, with what was acknowledged."""
        found, problems = self.reader.read()
        for name, expected in self.acknowledged.items():
            written = found.get(name, [])
            seqs = [e.seq for e in written]
            if seqs != sorted(set(seqs)):
                raise LostError(f"{name}'s events are numbered {seqs}")
            signed = [signature(e) for e in written]
            twice = {s for s, count in Counter(signed).items() if count > 1}
            for done in expected:
                rest = iter(signed)
                missing = [s for s in done if s not in rest]  # looked for behind the one before
                if missing or twice & set(done):
                    raise LostError(
                        f"{missing} by {name} is missing, or {twice} twice, in {signed}"
                    )
        # A kill can tear a line itself, where it goes from one page of the disk to the next.
        torn = self.torn + self.counts["kills"]
        if len(problems) > torn or any(p.what != CUT_OFF for p in problems):
            raise LostError(f"{torn} lines at most were torn, and these cannot be read: {problems}")

    def _read_anew(self) -> None:
        """Read the session as a new program does: it holds an entry for each that was written."""
        store = JournalFolder(self.root, self.home)
        session = SessionReader(store, self.session).refresh()
        journals, problems = store.follow(self.session).read()
        self.counts["lines torn by the kill itself"] += len(problems) - self.torn
        recorded = {e.text for e in session.entries}
        for name, events in journals.items():
            for event in events:
                known = event.name != "said" or event.fields["text"] in recorded
                if not known and not amended(event, events):
                    raise LostError(f"{name}'s {event} is not in the session")
        if self.session not in store.sessions() or session.title != "A Walk by the Canal":
            raise LostError(f"the session is not what was started: {session}")


def signature(event: Event) -> Signature:
    """Return what an event is known by."""
    return event.name, str(event.fields.get("text") or event.fields.get("of") or "")


def amended(event: Event, events: list[Event]) -> bool:
    """Tell whether other words took the place of an event's."""
    key = f"{event.recorder}#{event.seq}"
    return any(e.name == "amended" and e.fields["of"] == key for e in events)


def main(kills: int, seed: int) -> int:
    """Kill so many recorders, print what came of it, and return the exit code."""
    began = time.monotonic()
    result: dict[str, object] = {"seed": seed}
    with tempfile.TemporaryDirectory() as folder:
        rounds = Rounds(Path(folder), random.Random(seed))
        try:
            rounds.run(kills)
        except LostError as lost:
            result["lost"] = str(lost)
    result |= {**rounds.counts, "seconds": round(time.monotonic() - began, 1)}
    sys.stdout.write(json.dumps(result) + "\n")
    return int("lost" in result)


if __name__ == "__main__":
    given = [int(argument) for argument in sys.argv[1:]]
    sys.exit(main(given[0], given[1] if len(given) > 1 else random.SystemRandom().getrandbits(32)))
