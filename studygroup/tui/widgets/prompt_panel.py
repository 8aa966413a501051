"""The prompts on the section being read."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from textual.message import Message

from studygroup.core.prompt import Prompt
from studygroup.tui.widgets.blocks import Block, unread_notice
from studygroup.tui.widgets.sheet import Sheet
from studygroup.tui.widgets.verdicts import Quoted

NOTHING = "No prompts here yet."


class PromptPanel(Sheet):
    """Prompts with their kind, minutes and follow-ups; items are keyed by the prompt's id."""

    @dataclass
    class PromptChosen(Message):
        """A prompt was clicked, or chosen with Enter."""

        prompt: Prompt

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.prompts: tuple[Prompt, ...] = ()
        self._whole: tuple[Prompt, ...] = ()
        self._hint = ""
        self._unread = 0
        self._passages: Mapping[str, Sequence[Quoted]] = {}

    def show_prompts(
        self, prompts: Sequence[Prompt], whole: Sequence[Prompt], hint: str, *, unread: int = 0
    ) -> None:
        """Show a section's prompts, then those on the `whole` reading.

        `hint` says how to add one, where there is none; `unread` files of prompts can't be read.
        """
        self.prompts, self._whole = (*prompts, *whole), tuple(whole)
        self._hint, self._unread, self._passages = hint, unread, {}
        self.show(self._blocks())

    def set_passages(self, passages: Mapping[str, Sequence[Quoted]]) -> None:
        """Say where the passage stands that a prompt is about, by the prompt's id."""
        self._passages = passages
        if any(passages.values()):
            self.restyle(self._blocks())

    def _blocks(self) -> list[Block]:
        own = self.prompts[: len(self.prompts) - len(self._whole)]
        blocks = [b for n, p in enumerate(own) for b in self._prompt(p, first=n == 0)]
        if self._whole:
            blocks.append(Block("On the whole reading", "label", gap=2 if blocks else 0))
            blocks += [b for p in self._whole for b in self._prompt(p, first=False)]
        nothing = [Block(NOTHING, "muted"), Block(self._hint, "faint", gap=0)]
        return [*unread_notice(self._unread), *(blocks or ([] if self._unread else nothing))]

    def _prompt(self, prompt: Prompt, first: bool) -> Iterable[Block]:
        yield from _prompt(prompt, first)
        for passage in self._passages.get(prompt.id, ()):
            yield passage.block(prompt.id)

    @property
    def selected(self) -> Prompt | None:
        """The prompt that is the current item, if any."""
        return next((p for p in self.prompts if p.id == self.current), None)

    def chosen(self, key: Hashable) -> None:
        """Tell which prompt was chosen."""
        if self.selected is not None:
            self.post_message(self.PromptChosen(self.selected))


def _prompt(prompt: Prompt, first: bool) -> Iterable[Block]:
    facts: list[str] = [prompt.kind]
    if prompt.phase != "core":
        facts.append(prompt.phase)
    if prompt.minutes is not None:
        facts.append(f"{prompt.minutes} min")
    if prompt.by:
        facts.append(prompt.by)
    yield Block(" · ".join(facts), "label", key=prompt.id, gap=0 if first else 1)
    yield Block(prompt.ask, key=prompt.id, gap=0)
    for follow_up in prompt.follow_ups:
        yield Block(follow_up, "muted", key=prompt.id, indent=2, lead="↳ ", gap=0)
