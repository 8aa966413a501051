"""How each kind of text on a sheet looks, in the colours of the present theme.

Component classes of the stylesheet would do the same, but Textual matches each of them against
every rule for every sheet whenever a class or the focus changes.
"""

from __future__ import annotations

from collections.abc import Mapping

from rich.style import Style
from textual.color import Color

_LOOKS: dict[str, tuple[str, str]] = {
    "text": ("ink", ""),
    "quote": ("ink", ""),
    "verse": ("ink", ""),
    "muted": ("ink-muted", ""),
    "note": ("ink-muted", ""),
    "footnote": ("ink-muted", ""),
    "faint": ("ink-faint", ""),
    "edge": ("ink-faint", ""),
    "number": ("ink-faint", ""),
    "title": ("ink", "bold"),
    "gone": ("ink-faint", "strike"),
    "label": ("primary", ""),
    "pointer": ("accent", "bold"),
    "bar": ("accent", ""),
    "mark": ("accent", ""),
    "code": ("secondary", ""),
    "wikilink": ("secondary", ""),
    "em": ("", "italic"),
    "struck": ("ink-muted", "strike"),
    "dropped": ("error", "strike"),
    "added": ("success", "underline bold"),
    "quoted": ("primary", "underline"),
    "quoting": ("secondary", "italic underline"),
    "strong": ("", "bold"),
    "link": ("", "underline"),
    "hit": ("hit-ink on hit", "bold underline"),
    "current": ("on tint", ""),
    "selected": ("on tint-selected", ""),
}
"""Each look's colours (names of theme variables, `ink on ground`) and its attributes."""


def looks(variables: Mapping[str, str]) -> dict[str, Style]:
    """Return the style of every look, from a theme's variables (see `themes.shades`)."""
    return {name: _style(variables, *parts) for name, parts in _LOOKS.items()}


def _style(variables: Mapping[str, str], colors: str, attributes: str) -> Style:
    ink, _, ground = colors.partition("on ")
    return Style.parse(attributes) + Style(
        color=_color(variables, ink.strip()), bgcolor=_color(variables, ground)
    )


def _color(variables: Mapping[str, str], name: str) -> str | None:
    if not name:
        return None
    return Color.parse(variables[name]).rich_color.name
