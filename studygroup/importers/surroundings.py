"""How a paragraph stands among others: in a list, apart, nearer to what is above or below."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from studygroup.importers.paragraphs import Para
from studygroup.importers.shapes import NUMBERED, ends_with_stop, is_capitals

_LONGEST_EPIGRAPH = 2


def text_begins(paras: Sequence[Para]) -> int:
    """The place of the first paragraph of text that has another near it, for a title page has not,
    or of the epigraph above it.
    """
    places = [at for at, para in enumerate(paras) if para.verse or is_body(para.text)]
    near = (at for at, below in pairwise(places) if below - at < 3)
    begin = next(near, places[0] if places else 0)
    margin, in_prose = paras[begin].indent if places else 0, 0
    while (
        begin and in_prose < 2 and (paras[begin - 1].verse or paras[begin - 1].indent > margin + 1)
    ):
        begin -= 1
        in_prose += not paras[begin].verse
    return begin


def is_body(text: str) -> bool:
    """Whether a paragraph is long enough for one of text, and not set in capitals."""
    return len(text.split()) >= 20 and not is_capitals(text)


def hangs(line: Para, below: Para) -> bool:
    """Whether a line stands nearer to what is above it than to what is below."""
    near = below.gap > line.gap and (line.gap > 0 or line.tight)
    return near and not (line.page or below.page)


def stands_free(paras: Sequence[Para], at: int) -> bool:
    """Whether blank lines stand before and after a line, as they don't within a stanza."""
    return not paras[at].tight and not (at + 1 < len(paras) and paras[at + 1].tight)


def in_list(paras: Sequence[Para], at: int) -> bool:
    """Whether a numbered line stands directly under or above another, or next to one as a sentence
    does: they are a list.
    """
    if not NUMBERED.match(paras[at].text):
        return False
    stops = ends_with_stop(paras[at].text)
    above = at > 0 and (stops or paras[at].tight) and NUMBERED.match(paras[at - 1].text)
    under = paras[at + 1] if at + 1 < len(paras) else None
    below = under and (stops or under.tight) and NUMBERED.match(under.text)
    return bool(above or below)
