"""Makes the pictures in this folder: the app draws itself on the study that comes with it.

.venv/bin/python docs/screenshots/make.py
"""

from __future__ import annotations

import asyncio
import os
import re
import sys
import tempfile
from pathlib import Path
from typing import Any

from textual.app import App
from textual.pilot import Pilot

from studygroup.core.workspace import Position

HERE = Path(__file__).resolve().parent

KEYS = {"j", "slash", "colon", "enter", "tab", "end"}
WAIT = "wait"  # in place of a key: let the results of the last one be drawn
RECORD = [
    *("colon", "enter", WAIT, "enter", WAIT),
    *("ben: Is pressure always what holds them?", "enter"),
    *("> conflict presses inward", "enter"),
    *("? What of parties that won?", "enter"),
]

BEGINS_AT = Position("anatomy-of-the-micro-sect", "5-the-rut-we-are-in")
MISQUOTED = Position("alternative-to-the-micro-sect", "8-what-is-a-political-center")
TO_BEN = ["tab", "tab", *"jjjj", "enter"]

# name: width, height, theme, place, and what is pressed there: keys, or text to type. The tour is
# shown in one of them, and closed in the others.
PICTURES: dict[str, tuple[int, int, str, Position, list[str]]] = {
    "reading": (130, 36, "lamp", BEGINS_AT, ["X", "j"]),
    "reading-light": (130, 36, "paper", BEGINS_AT, ["X", "j"]),
    "narrow": (80, 24, "lamp", BEGINS_AT, ["j"]),
    "quotation": (110, 30, "paper", MISQUOTED, ["X", *TO_BEN]),
    "search": (110, 30, "lamp", BEGINS_AT, ["X", "slash", "pressure"]),
    "session": (130, 36, "lamp", BEGINS_AT, ["X", *RECORD]),
    "sessions": (110, 30, "paper", BEGINS_AT, ["X", "H", "j"]),
    "review": (110, 30, "paper", BEGINS_AT, ["n", "n"]),
}


async def draw(name: str) -> None:
    """Open the app on a fresh copy of the shipped study, press keys, and save what it shows."""
    width, height, theme, place, keys = PICTURES[name]
    with tempfile.TemporaryDirectory() as folder:
        app = opened(name, Path(folder), place)
        async with app.run_test(size=(width, height)) as pilot:
            app.theme = theme
            await settle(app, pilot)
            for key in keys:
                if key == WAIT:
                    await settle(app, pilot)
                else:
                    await pilot.press(*([key] if key in KEYS else typed(key)))
            await settle(app, pilot)
            await asyncio.sleep(0.5)
            await settle(app, pilot)
            picture = app.export_screenshot(title="studygroup")
    (HERE / f"{name}.svg").write_text(picture, encoding="utf-8")


def opened(name: str, folder: Path, place: Position) -> App[Any]:
    """Return the app for a picture: the study, or the review of a guide without its marks."""
    from studygroup.bootstrap import copy_demo, open_workspace
    from studygroup.core.importing import ImportRequest
    from studygroup.tui.app import StudygroupApp
    from studygroup.tui.review import ReviewApp

    root, _ = copy_demo(folder / "demo")
    workspace = open_workspace(root)
    if name != "review":
        return StudygroupApp(workspace, place)
    guide = (root / "readings/road-maps-dead-ends.md").read_text(encoding="utf-8")
    body = guide.split("---\n", 2)[2]
    text = folder / "road-maps.txt"
    text.write_text(re.sub(r"^#+ ", "", body, flags=re.M), encoding="utf-8")
    request = ImportRequest(text, title="Road maps, dead ends: a guide")
    return ReviewApp(workspace.read_draft(request), workspace.importer.literal)


def typed(text: str) -> list[str]:
    """Return the keys that type `text`."""
    return ["space" if letter == " " else letter for letter in text]


async def settle(app: App[Any], pilot: Pilot[Any]) -> None:
    """Wait until the workers are done and their results are drawn."""
    await pilot.pause()
    await app.workers.wait_for_complete()
    await pilot.pause()


def main() -> None:
    """Draw every picture, or those named."""
    with tempfile.TemporaryDirectory() as home:
        os.environ.update(STUDYGROUP_HOME=home, STUDYGROUP_READER="ana")
        for name in sys.argv[1:] or PICTURES:
            asyncio.run(draw(name))


if __name__ == "__main__":
    main()
