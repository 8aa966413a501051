"""What the larger commands do: ask where to go, write, edit, copy, list problems.

Dialogs are imported where they are opened: the first frame is drawn without them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from studygroup.core.errors import Place, UsageError
from studygroup.core.problem import Problem
from studygroup.core.reading import Reading, Section, cite
from studygroup.core.study import Study
from studygroup.tui.drafts import PromptDraft
from studygroup.tui.widgets.note_filter import EVERY, Offer, offers
from studygroup.tui.widgets.outline import listed_title
from studygroup.tui.widgets.wrapping import shorten
from studygroup.tui.work import ask, beside

if TYPE_CHECKING:
    from studygroup.tui.command import Command
    from studygroup.tui.screens.reading import ReadingScreen


def ask_where_to_go(screen: ReadingScreen) -> None:
    """Let the reader choose any section of the study, those of the open reading first."""
    from studygroup.tui.screens.picker import Option, Picker

    study, reading, _ = _here(screen)
    ordered = [reading, *(r for r in study.readings if r is not reading)]
    options = [
        Option(listed_title(r, number), "" if r is reading else r.title, (r.slug, section.id))
        for r in ordered
        for number, section in enumerate(r.sections, 1)
    ]
    place = screen.position
    at = reading.index_of(place.section) if place else 0

    def go(chosen: tuple[str, str]) -> None:
        screen.open(*chosen)
        screen.return_to_text()

    hint = "a few letters of a section's title"
    ask(screen.app, Picker("Go to", options, at=at, ask=hint), go)


def find_command(screen: ReadingScreen, commands: Sequence[Command]) -> None:
    """Let the reader choose any command by its name, and run it."""
    from studygroup.tui.screens.picker import Option, Picker

    options = [Option(c.title, _explain(c), c.id) for c in commands]

    hint = "a few letters of its name"
    ask(screen.app, Picker("Commands", options, ask=hint), screen.action_command)


def _explain(command: Command) -> str:
    keys = " or ".join(command.shown_keys())
    return " · ".join(part for part in (keys, command.help) if part)


def choose_theme(screen: ReadingScreen) -> None:
    """Let the reader choose one of all themes."""
    from studygroup.tui.screens.picker import Option, Picker

    names = sorted(screen.app.available_themes)
    options = [Option(name, "", name) for name in names]

    def use(name: str) -> None:
        screen.app.theme = name

    at = names.index(screen.app.theme)
    ask(screen.app, Picker("Theme", options, at=at, ask="a few letters of its name"), use)


def show_help(screen: ReadingScreen, commands: Sequence[Command], groups: Sequence[str]) -> None:
    """List all keys, during a session those of the session first."""
    from studygroup.tui.screens.help import HelpScreen, key_blocks

    first = "Session" if screen.desk.session is not None else ""
    ordered = sorted(groups, key=lambda g: g != first)
    screen.app.push_screen(HelpScreen(key_blocks(commands, ordered)))


def show_problems(screen: ReadingScreen) -> None:
    """List what is broken in the study; choosing one opens its file there."""
    from studygroup.tui.screens.picker import Option, Picker

    def show(problems: Sequence[Problem]) -> None:
        screen.show_broken(problems)
        options = [Option(str(problem), "", problem.place) for problem in problems]
        if not options:
            screen.app.notify("No problems: every file of this study reads well.", markup=False)
            return
        picker = Picker("Problems in the study", options, ask="narrow the list")
        ask(screen.app, picker, lambda place: _edit(screen, place))

    beside(screen, screen.workspace.problems, show, group="problems")


def filter_notes(screen: ReadingScreen) -> None:
    """Let the reader choose which notes to show; all of them again where some were chosen."""
    from studygroup.tui.screens.picker import Option, Picker

    study, reading, _ = _here(screen)
    panel = screen.notes
    if panel.filter != EVERY:
        panel.narrow(EVERY)
        return
    notes = [note for note in study.notes if note.reading == reading.slug]
    if not notes:
        raise UsageError("there are no notes on this reading yet", hint="a writes one.")
    options = [
        Option(
            offer.filter.name or "all notes",
            f"{offer.here} here, {offer.all} in this reading",
            offer,
        )
        for offer in offers(panel.notes, notes, panel.discussed)
    ]

    def narrow(offer: Offer) -> None:
        panel.narrow(offer.filter)
        screen.focus_pane(panel)

    ask(screen.app, Picker("Show of the notes", options, at=1, ask="narrow the list"), narrow)


def write_prompt(screen: ReadingScreen) -> None:
    """Ask for a prompt on the section and write it to the reading's file."""
    from studygroup.tui.screens.writing import PromptDialog

    _, reading, section = _here(screen)

    def write(draft: PromptDraft) -> None:
        screen.drafts.prompt = draft
        screen.keep_drafts()
        if not draft.done:
            return

        def save() -> Study:
            return screen.workspace.add_prompt(
                reading.slug,
                section.id,
                draft.ask,
                kind=draft.kind,
                phase=draft.phase,
                minutes=draft.minutes,
            )

        def show(study: Study) -> None:
            if screen.drafts.prompt is draft:
                screen.drafts.prompt = PromptDraft("")
                screen.keep_drafts()
            screen.refresh_study(study)
            screen.app.notify("Prompt saved.", markup=False)

        beside(screen, save, show, group="write")

    def keep(draft: PromptDraft) -> None:
        screen.drafts.prompt = draft
        screen.keep_drafts_soon()

    title = f"Prompt on {section.title}"
    ask(screen.app, PromptDialog(title, "", screen.drafts.prompt, keep), write)


def edit_here(screen: ReadingScreen) -> None:
    """Open the file of the selected prompt or note, else the text's at the current paragraph."""
    _, reading, section = _here(screen)
    if screen.sheet is screen.prompts and screen.prompts.selected:
        _edit(screen, screen.prompts.selected.place)
    elif screen.sheet is screen.notes and screen.notes.selected:
        _edit(screen, screen.notes.selected.place)
    else:
        paragraph = section.paragraph(screen.text.paragraph or 0)
        _edit(screen, Place(reading.path, paragraph.line if paragraph else section.line))


def copy_citation(screen: ReadingScreen) -> None:
    """Copy the citation of the current paragraph; of selected words, themselves with theirs."""
    from studygroup.tui.taking import selected_here

    _, reading, section = _here(screen)
    selected = selected_here(screen)
    if selected is None:
        _copy(screen, cite(reading, section, screen.text.paragraph))
    else:
        copy_words(screen)


def copy_words(screen: ReadingScreen) -> None:
    """Copy the words that stand here (see `taken_here`) with their citation."""
    from studygroup.tui.taking import as_quoted, taken_here

    _copy(screen, as_quoted(taken_here(screen)))
    screen.clear_selection()


def _copy(screen: ReadingScreen, text: str) -> None:
    """Send text to the terminal's clipboard, and say so."""
    screen.app.copy_to_clipboard(text)
    title = "Copied, if your terminal allows it"
    screen.app.notify(shorten(text, 300), title=title, markup=False)


def reload(screen: ReadingScreen) -> None:
    """Read the study's files again and show what changed."""
    beside(screen, screen.workspace.load, screen.refresh_study, group="study")


def _edit(screen: ReadingScreen, place: Place) -> None:
    from studygroup.tui.editor import edit

    edit(screen.app, screen.workspace.absolute(place), place.line or 1)
    reload(screen)


def _study(screen: ReadingScreen) -> Study:
    if screen.study is None:
        raise UsageError("the study is still being read")
    return screen.study


def _here(screen: ReadingScreen) -> tuple[Study, Reading, Section]:
    """Return what is open. Raises UsageError where nothing is."""
    study = _study(screen)
    if screen.reading is None or screen.section is None:
        raise UsageError("no reading is open", hint="Bring one in: studygroup import FILE")
    return study, screen.reading, screen.section
