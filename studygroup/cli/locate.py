"""`studygroup locate`: where words stand in the readings; many at a time, for other programs."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping

import click

from studygroup.cli.context import Context, pass_context
from studygroup.cli.output import faint, say, say_json, say_json_line, warn
from studygroup.cli.verdicts import changed, verdict_mark
from studygroup.core.anchoring.quotation import Match
from studygroup.core.errors import UsageError
from studygroup.core.quoting.quotation_data import differences_data, match_data
from studygroup.core.quoting.telling import citation
from studygroup.core.reading import SectionKey
from studygroup.core.study import Study
from studygroup.core.text import clean, one_line

MOST_WORDS = 20_000
"""How many characters a quotation may have: no book is sought in a book."""


@click.command(
    name="locate",
    # Words may begin with a hyphen: no short option may take them for its own.
    context_settings={"ignore_unknown_options": True, "help_option_names": ["--help"]},
)
@click.argument("words", nargs=-1, type=click.UNPROCESSED)
@click.option("--reading", metavar="READING", help="Look in this reading only.")
@click.option("--json", "as_json", is_flag=True, help="One JSON document, or JSON lines.")
@click.pass_context
@pass_context
def command(
    context: Context,
    ctx: click.Context,
    words: tuple[str, ...],
    reading: str | None,
    as_json: bool,
) -> None:
    """Say where WORDS stand in the readings, and print the citation.

    With --json and no WORDS, JSON lines are read from standard input: {"id": 1, "quote": "…"},
    with "prefix" and "suffix" (the words around it where it is quoted), "near" (the reading, or
    reading#section, to prefer) and "not_in" (one not to look in) where you like. Each is answered
    at once with a line {"id", "verdict", "similarity", "target", "candidates"}. A line that cannot
    be understood is named on standard error; the others are answered, and the exit code is 2.

    Example: studygroup locate water finds its own level
    """
    study = context.workspace.study
    only = None if reading is None else study.find_reading(reading).slug
    if words:
        quote = clean(" ".join(words))
        match = study.locate(_checked(quote), only=only)
        if as_json:
            say_json({"quote": quote, **match_data(match)})
        else:
            _show(study, quote, match)
    elif not as_json:
        raise UsageError("which words?", hint="Or --json, and JSON lines on standard input.")
    elif not _answer_lines(study, only):
        ctx.exit(UsageError.exit_code)


def _answer_lines(study: Study, only: str | None) -> bool:
    """Answer each line of standard input; return whether all could be understood."""
    understood = True
    for number, line in enumerate(sys.stdin.buffer, 1):
        if not line.strip():
            continue
        try:
            say_json_line(_answer(study, _parsed(line), only))
        except UsageError as error:
            understood = False
            warn(f"studygroup: standard input:{number}: {error}")
    return understood


def _parsed(line: bytes) -> Mapping[str, object]:
    try:
        asked = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise UsageError("this line is not JSON") from error
    if not isinstance(asked, dict):
        raise UsageError("this line is no JSON object")
    return asked


def _answer(study: Study, asked: Mapping[str, object], only: str | None) -> dict[str, object]:
    quote = _text(asked, "quote")
    if quote is None:
        raise UsageError("“quote” is missing")
    match = study.locate(
        _checked(quote),
        *(_place(study, asked, "near") or (None, None)),
        prefix=_text(asked, "prefix") or "",
        suffix=_text(asked, "suffix") or "",
        not_in=_place(study, asked, "not_in"),
        only=only,
    )
    found = match_data(match)
    return {"id": asked.get("id"), **found, "differences": differences_data(quote, match)}


def _text(asked: Mapping[str, object], name: str) -> str | None:
    value = asked.get(name)
    if value is not None and not isinstance(value, str):
        raise UsageError(f"“{name}” is no text")
    return None if value is None else clean(value)


def _checked(quote: str) -> str:
    if len(quote) > MOST_WORDS:
        raise UsageError(f"a quotation has at most {MOST_WORDS:,} characters")
    return quote


def _place(study: Study, asked: Mapping[str, object], name: str) -> SectionKey | None:
    """Return the reading, or the section of one (after `#`), that a field names."""
    wanted = _text(asked, name)
    if not wanted:
        return None
    slug, _, section = wanted.partition("#")
    reading = study.find_reading(slug)
    return reading.slug, study.find_section(reading, section).id if section else None


def _show(study: Study, quote: str, match: Match) -> None:
    for line in _told(study, quote, match):
        say(line)


def _told(study: Study, quote: str, match: Match) -> Iterator[str]:
    mark = verdict_mark(match.verdict)
    if match.verdict == "missing":
        yield f"{mark} not found in the readings"
        return
    if match.anchor is None:
        yield f"{mark} these words stand in {len(match.candidates)} places:"
        for anchor in match.candidates:
            yield f"  {citation(study, anchor)}"
        return
    similar = f", {match.similarity:.0%} alike" if match.verdict == "altered" else ""
    yield f"{mark} {citation(study, match.anchor)}  {faint(f'({match.verdict}{similar})')}"
    yield f"  “{changed(quote, match) or one_line(match.anchor.words)}”"
