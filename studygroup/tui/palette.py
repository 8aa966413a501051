"""The command palette's source: every command, found by its title."""

from __future__ import annotations

from functools import partial

from textual.command import DiscoveryHit, Hit, Hits, Provider

from studygroup.tui.commands import COMMANDS, Command


class CommandProvider(Provider):
    """Offers every command of the screen below the palette."""

    async def discover(self) -> Hits:
        """Offer all commands before anything is typed."""
        for command in COMMANDS:
            yield DiscoveryHit(
                command.title, partial(self._run, command), command.title, _explain(command)
            )

    async def search(self, query: str) -> Hits:
        """Offer the commands whose title matches."""
        matcher = self.matcher(query)
        for command in COMMANDS:
            score = matcher.match(command.title)
            if score > 0:
                shown = matcher.highlight(command.title)
                run = partial(self._run, command)
                yield Hit(score, shown, run, command.title, _explain(command))

    async def _run(self, command: Command) -> None:
        await self.screen.run_action(f"command('{command.id}')")


def _explain(command: Command) -> str:
    keys = " or ".join(command.shown_keys())
    return " · ".join(part for part in (keys, command.help) if part)
