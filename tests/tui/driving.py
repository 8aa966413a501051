"""Driving the app in tests: wait until it is at rest, and read what stands on the terminal."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from textual.pilot import Pilot
from textual.widget import Widget

from studygroup.tui.app import StudygroupApp
from studygroup.tui.screens.reading import ReadingScreen

OpenApp = Callable[..., StudygroupApp]
"""Makes the app on the test's study, opened at a reading, section and paragraph."""

HOSTILE = "[/h2] [@click=app.quit]quit[/] [bold red]x[/bold red] [tendencies]"

NOTICES = f"""\
---
title: On Notices
---
# Rules

{HOSTILE}

A bell\x07 and an escape \x1b[31mred stand here.

# Wide words

漢字は二つの桁を占める。読書会の記録。👩‍👩‍👧 and plain words after them.
"""


async def settle(pilot: Pilot[None]) -> ReadingScreen:
    """Wait until the study is read and drawn; return the reading screen."""
    await pilot.pause()
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()
    screen = pilot.app.screen_stack[0]
    assert isinstance(screen, ReadingScreen)
    return screen


def shown(pilot: Pilot[Any]) -> str:
    """Return what stands on the terminal now, line by line."""
    width, height = pilot.app.size
    lines = pilot.app.screen._compositor.render_strips()[:height]
    return "\n".join(strip.text[:width].rstrip() for strip in lines)


def pane(pilot: Pilot[Any], widget: Widget) -> str:
    """Return what stands in one widget's part of the terminal as one line, without note bars."""
    region = widget.region
    rows = pilot.app.screen._compositor.render_strips()[region.y : region.bottom]
    cropped = [row.crop(region.x, region.right).text.strip() for row in rows]
    return " ".join(" ".join(cropped).replace("▌", " ").split())


def flat(text: str) -> str:
    """Return text with every run of white space as one space, lines between panes left out."""
    return " ".join(text.replace("│", " ").split())
