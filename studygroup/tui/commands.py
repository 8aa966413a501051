"""Every command of the reading screen, one class each: key, palette entry and help come from it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.binding import Binding

from studygroup.tui import acts, themes
from studygroup.tui.command import GROUPS, Command
from studygroup.tui.session_commands import SESSION_COMMANDS

if TYPE_CHECKING:
    from studygroup.tui.screens.reading import ReadingScreen


class NextItem(Command):
    """On by one paragraph, or one item of the pane with focus."""

    id, keys, group = "next-item", "j,down", "Move"
    title, help = "Next paragraph", "in the other panes: next prompt, note or line"

    def run(self, screen: ReadingScreen) -> None:
        screen.sheet.step(1)


class PreviousItem(Command):
    """Back by one paragraph, or one item of the pane with focus."""

    id, keys, group = "previous-item", "k,up", "Move"
    title = "Previous paragraph"

    def run(self, screen: ReadingScreen) -> None:
        screen.sheet.step(-1)


class PageDown(Command):
    """On by a page; past the end of a section, on to the next."""

    id, keys, group = "page-down", "space,pagedown", "Move"
    title, help, label = "Page down", "past the end: on to the next section", "page"

    def run(self, screen: ReadingScreen) -> None:
        if not screen.sheet.page(1) and screen.sheet is screen.text:
            screen.open_neighbour(1)


class PageUp(Command):
    """Back by a page."""

    id, keys, group = "page-up", "b,pageup", "Move"
    title, help = "Page up", "past the top: back to the section before"

    def run(self, screen: ReadingScreen) -> None:
        if not screen.sheet.page(-1) and screen.sheet is screen.text:
            screen.open_neighbour(-1, at_end=True)


class FirstItem(Command):
    """To the first paragraph of the section."""

    id, keys, group = "first-item", "home", "Move"
    title = "To the top"

    def run(self, screen: ReadingScreen) -> None:
        screen.sheet.to_end(last=False)


class LastItem(Command):
    """To the last paragraph of the section."""

    id, keys, group = "last-item", "end,G", "Move"
    title = "To the end"

    def run(self, screen: ReadingScreen) -> None:
        screen.sheet.to_end(last=True)


class NextSection(Command):
    """On to the next section."""

    id, keys, group = "next-section", "]", "Go"
    title, label = "Next section", "next section"

    def run(self, screen: ReadingScreen) -> None:
        screen.open_neighbour(1)


class PreviousSection(Command):
    """Back to the previous section."""

    id, keys, group = "previous-section", "[", "Go"
    title = "Previous section"

    def run(self, screen: ReadingScreen) -> None:
        screen.open_neighbour(-1)


class GoTo(Command):
    """To any section of any reading, found by a few letters of its title."""

    id, keys, group = "go-to", "g", "Go"
    title, help, label = "Go to a section…", "type a few letters of its title", "go to"

    def run(self, screen: ReadingScreen) -> None:
        acts.ask_where_to_go(screen)


class Back(Command):
    """Back to where one stood before."""

    id, keys, group = "back", "ctrl+o,alt+left", "Go"
    title = "Back to where you were"

    def run(self, screen: ReadingScreen) -> None:
        screen.ways.travel(-1)


class Forward(Command):
    """Forward again, after going back."""

    id, keys, group = "forward", "alt+right", "Go"
    title = "Forward again"

    def run(self, screen: ReadingScreen) -> None:
        screen.ways.travel(1)


class Search(Command):
    """Find words in texts, prompts, notes and minutes."""

    id, keys, group = "search", "slash", "Find"
    title, help, label = "Search…", "texts, prompts, notes and minutes", "search"

    def run(self, screen: ReadingScreen) -> None:
        from studygroup.tui.searching import search

        search(screen)


class MarkQuotations(Command):
    """Mark in the text what quotes and what is quoted; again, no more."""

    id, keys, group = "mark-quotations", "quotation_mark", "Find"
    title, help = "Mark quotations in the text", "what is quoted elsewhere, and what quotes"

    def run(self, screen: ReadingScreen) -> None:
        screen.app.notify(screen.quotations.mark(), markup=False)


class NextHit(Command):
    """To the next place of what was searched."""

    id, keys, group = "next-hit", "n", "Find"
    title, help = "Next place found", "here, then in the next section with a hit"

    def run(self, screen: ReadingScreen) -> None:
        from studygroup.tui.hit_steps import step

        step(screen, 1)


class PreviousHit(Command):
    """To the previous place of what was searched."""

    id, keys, group = "previous-hit", "N", "Find"
    title = "Previous place found"

    def run(self, screen: ReadingScreen) -> None:
        from studygroup.tui.hit_steps import step

        step(screen, -1)


class AddNote(Command):
    """Write a note on the current paragraph."""

    id, keys, group = "add-note", "a", "Write"
    title, help, label = "Add a note", "on the current paragraph, quoting what is selected", "note"

    def run(self, screen: ReadingScreen) -> None:
        from studygroup.tui.noting import write_note

        write_note(screen)


class AddPrompt(Command):
    """Write a prompt for the section."""

    id, keys, group = "add-prompt", "A", "Write"
    title, help = "Add a prompt", "a question for the group, on this section"

    def run(self, screen: ReadingScreen) -> None:
        acts.write_prompt(screen)


class Edit(Command):
    """Open the file at this place in the reader's editor."""

    id, keys, group = "edit", "e", "Write"
    title, help = "Edit the file here", "in $EDITOR: the text, or the selected prompt or note"

    def run(self, screen: ReadingScreen) -> None:
        acts.edit_here(screen)


class CopyCitation(Command):
    """Copy a citation of the current paragraph."""

    id, keys, group = "copy-citation", "y", "Write"
    title = "Copy citation"
    help = "of the current paragraph; of selected words, with themselves"

    def run(self, screen: ReadingScreen) -> None:
        acts.copy_citation(screen)


class CopyWords(Command):
    """Copy the words here with their citation."""

    id, keys, group = "copy-words", "Y", "Write"
    title = "Copy the words, with their citation"
    help = "the selected words, the sentence found, the paragraph, or the selected note"

    def run(self, screen: ReadingScreen) -> None:
        acts.copy_words(screen)


class FilterNotes(Command):
    """Show only some of the notes, of one kind or not discussed yet; again, all of them."""

    id, keys, group = "filter-notes", "f", "Panes"
    title, help = "Show some of the notes…", "of one kind, or not discussed yet; again: all"

    def run(self, screen: ReadingScreen) -> None:
        acts.filter_notes(screen)


class NextPane(Command):
    """To the next pane."""

    id, keys, group = "next-pane", "tab", "Panes"
    title, help, label = "Next pane", "text, prompts, notes, quotations, outline", "pane"

    def run(self, screen: ReadingScreen) -> None:
        screen.turn_pane(1)


class PreviousPane(Command):
    """To the previous pane."""

    id, keys, group = "previous-pane", "shift+tab", "Panes"
    title = "Previous pane"

    def run(self, screen: ReadingScreen) -> None:
        screen.turn_pane(-1)


class Choose(Command):
    """Open what is selected in the pane with focus."""

    id, keys, group = "choose", "enter", "Panes"
    title = "Open what is selected"
    help = "a section, the paragraph a note is on, where a quotation comes from or a link leads"

    def run(self, screen: ReadingScreen) -> None:
        screen.sheet.choose()


class ShowOutline(Command):
    """Show or hide the outline."""

    id, keys, group = "outline", "o", "Panes"
    title, label = "Show or hide the outline", "outline"

    def run(self, screen: ReadingScreen) -> None:
        screen.toggle_outline()


class Escape(Command):
    """Back to the text: out of a pane, away from the outline, no more highlights."""

    id, keys, group = "escape", "escape", "Panes"
    title, help = "Back to the text", "ends highlighting, closes the outline"

    def run(self, screen: ReadingScreen) -> None:
        screen.return_to_text()


class ShowProblems(Command):
    """List what is broken in the study's files."""

    id, keys, group = "problems", "!", "Program"
    title, help = "Problems in the study", "broken files and links, each with its line"

    def run(self, screen: ReadingScreen) -> None:
        acts.show_problems(screen)


class Reload(Command):
    """Read the study's files again."""

    id, keys, group = "reload", "R", "Program"
    title, help = "Read the files again", "after changes made elsewhere"

    def run(self, screen: ReadingScreen) -> None:
        acts.reload(screen)


class LightOrDark(Command):
    """Switch between the light and the dark theme."""

    id, keys, group = "light-or-dark", "T", "Program"
    title = "Light or dark"

    def run(self, screen: ReadingScreen) -> None:
        dark = screen.app.current_theme.dark
        screen.app.theme = (themes.LIGHT if dark else themes.DARK).name


class ChooseTheme(Command):
    """Choose one of all themes."""

    id, group = "choose-theme", "Program"
    title, help = "Choose a theme…", "to keep one, set TEXTUAL_THEME to its name"

    def run(self, screen: ReadingScreen) -> None:
        acts.choose_theme(screen)


class TakeTour(Command):
    """Go through the tour of the demo once more."""

    id, group = "tour", "Program"
    title, help = "Tour of the demo", "what to try first, one step after the other"

    def run(self, screen: ReadingScreen) -> None:
        screen.tour.take()


class PutTourAway(Command):
    """Close the tour of the demo; it stays closed."""

    id, keys, group = "put-tour-away", "X", "Program"
    title, help = "Close the tour of the demo", "it stays closed; ^p finds it again"

    def run(self, screen: ReadingScreen) -> None:
        screen.tour.put_away()


class Palette(Command):
    """Find any command by its name."""

    id, keys, group = "palette", "ctrl+p", "Program"
    title, label = "All commands…", "commands"

    def run(self, screen: ReadingScreen) -> None:
        acts.find_command(screen, COMMANDS)


class Help(Command):
    """List all keys."""

    id, keys, group = "help", "?", "Program"
    title, label = "Keys", "keys"

    def run(self, screen: ReadingScreen) -> None:
        acts.show_help(screen, COMMANDS, GROUPS)


class Quit(Command):
    """Leave; the place is remembered."""

    id, keys, group = "quit", "q", "Program"
    title, help, label = "Quit", "your place is remembered", "quit"

    def run(self, screen: ReadingScreen) -> None:
        screen.app.exit()


COMMANDS: tuple[Command, ...] = (
    NextItem(), PreviousItem(), PageDown(), PageUp(), FirstItem(), LastItem(),
    NextSection(), PreviousSection(), GoTo(), Back(), Forward(),
    Search(), NextHit(), PreviousHit(), MarkQuotations(),
    AddNote(), AddPrompt(), Edit(), CopyCitation(), CopyWords(),
    *SESSION_COMMANDS,
    NextPane(), PreviousPane(), Choose(), FilterNotes(), ShowOutline(), Escape(),
    ShowProblems(), Reload(), LightOrDark(), ChooseTheme(), TakeTour(), PutTourAway(),
    Palette(), Help(), Quit(),
)  # fmt: skip
"""All commands, in the order in which the help lists them within their group."""

BY_ID = {command.id: command for command in COMMANDS}

BOTTOM_LINE = (
    "help", "search", "next-section", "session", "add-note", "go-to", "next-pane", "outline",
    "page-down", "palette", "quit",
)  # fmt: skip
"""What the bottom line shows, the most needed first."""


def bindings() -> list[Binding]:
    """Return the key bindings of all commands that have keys."""
    return [command.binding() for command in COMMANDS if command.keys]
