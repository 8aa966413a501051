"""Labels: what a search can be narrowed by, each written `name:value` in a query."""

from __future__ import annotations

from typing import Literal, get_args

from studygroup.core.text import fold, words

LabelName = Literal["in", "reading", "section", "by", "said", "type", "kind", "tag", "on"]
LABEL_NAMES: tuple[LabelName, ...] = get_args(LabelName)

Label = tuple[LabelName, str]
"""One thing that is so of a document: `("by", "ana")`. A name may stand with several values."""

LABEL_HELP: tuple[tuple[str, str], ...] = (
    ("in:notes", "only there: text, prompts, notes or minutes"),
    ("reading:anatomy", "readings with that word in their title or id"),
    ("section:“what then”", "sections with these words in their heading or id"),
    ("by:ana", "written or said by ana: notes, prompts, texts, comments, minutes"),
    ("said:ana", "what ana said in a session"),
    ("type:criticism", "notes of that type"),
    ("kind:evaluative", "prompts of that kind"),
    ("tag:method", "readings and notes with that tag"),
    ("on:2026-11", "minutes of that year, month or day"),
)
"""Examples of each label in a query, with its meaning, for help texts."""

_LONG_ENOUGH = 3
_WORDS_ANYWHERE: tuple[LabelName, ...] = ("reading", "section")


def is_met_by(name: LabelName, asked: str, value: str, *, begun: bool = False) -> bool:
    """Tell whether a label `name` with `value` is what is asked for. Case and accents are folded.

    Readings and sections are known by words of their titles or ids, or by the beginnings of such
    words from three letters up; dates by their beginnings; people by a whole name or one word of
    it; places (`in`) in the singular and the plural. With `begun`, `asked` is still being typed:
    its beginning is enough.
    """
    wanted, held = fold(asked).strip(), fold(value)
    if not wanted:
        return True
    if name in _WORDS_ANYWHERE:
        return _has_words(wanted, held, begun=begun)
    if name == "on":
        return held.startswith(wanted)
    if name == "in":
        wanted, held = wanted.removesuffix("s"), held.removesuffix("s")
    whole_or_word = (held, *held.split())
    if begun:
        return any(one.startswith(wanted) for one in whole_or_word)
    return wanted in whole_or_word


def _has_words(wanted: str, held: str, *, begun: bool) -> bool:
    having = [word.folded for word in words(held)]
    asked = [word.folded for word in words(wanted)]
    return bool(asked) and all(
        one in having
        or (
            (len(one) >= _LONG_ENOUGH or (begun and one is asked[-1]))
            and any(word.startswith(one) for word in having)
        )
        for one in asked
    )
