"""`studygroup quotes`: every quotation, where its words stand, and the verdict on it."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import get_args

import click

from studygroup.cli.context import Context, keep_found, pass_context
from studygroup.cli.output import faint, say, say_json, table
from studygroup.cli.verdicts import changed, verdict_mark
from studygroup.core.anchoring.quotation import MARKS, Verdict
from studygroup.core.quoting.audit import Quotation
from studygroup.core.quoting.quotation_data import quotations_data
from studygroup.core.quoting.telling import cited, what_became
from studygroup.core.study import Study
from studygroup.core.text import fold, one_line

NOT_WORD_FOR_WORD = 1
"""The exit code of `--strict` when a quotation is altered, ambiguous or missing."""
VERDICTS: tuple[Verdict, ...] = get_args(Verdict)
_GOOD: frozenset[Verdict] = frozenset({"exact", "elided"})


@click.command(name="quotes")
@click.argument("reading", required=False)
@click.option("--reader", metavar="NAME", help="Only what one reader quotes.")
@click.option("--verdict", type=click.Choice(VERDICTS), help="Only quotations of this verdict.")
@click.option("--terms", is_flag=True, help="Single words and short terms between marks too.")
@click.option("--strict", is_flag=True, help="Exit with 1 unless all are exact or elided.")
@click.option("--json", "as_json", is_flag=True, help="One JSON document.")
@click.pass_context
@pass_context
def command(
    context: Context,
    ctx: click.Context,
    reading: str | None,
    reader: str | None,
    verdict: Verdict | None,
    terms: bool,
    strict: bool,
    as_json: bool,
) -> None:
    """List what notes, prompts, minutes and texts quote, and how far it is word for word.

    With READING: what that text, its prompts, the notes on it and its minutes quote. The verdicts:
    = exact, … elided (honest cuts), ≈ altered (words differ), ? ambiguous (stands in several
    places), ✗ missing. Of an altered one, words that it left out are shown [-so-] and words that it
    put in {+so+}.

    Example: studygroup quotes anatomy --reader ana --verdict altered
    """
    study = context.workspace.study
    slug = None if reading is None else study.find_reading(reading).slug
    audit = context.workspace.quotations(terms=terms)
    keep_found(context.workspace, audit)
    found = [
        q
        for q in audit.quotations
        if (slug is None or q.host.reading == slug)
        and (reader is None or fold(q.host.by or "") == fold(reader))
        and (verdict is None or q.match.verdict == verdict)
    ]
    if as_json:
        say_json(quotations_data(audit, found))
    elif sys.stdout.isatty():
        _show(study, found)
    else:
        table(_row(study, q) for q in found)
    if strict and any(q.match.verdict not in _GOOD for q in found):
        ctx.exit(NOT_WORD_FOR_WORD)


def _row(study: Study, quotation: Quotation) -> Sequence[str]:
    match = quotation.match
    return [
        str(quotation.host.place),
        match.verdict,
        f"{match.similarity:.2f}",
        cited(study, match),
        one_line(quotation.quote),
        changed(quotation.quote, match),
        "" if quotation.drift is None else what_became(study, quotation.drift),
    ]


def _show(study: Study, quotations: Iterable[Quotation]) -> None:
    counts: Counter[Verdict] = Counter()
    for quotation in quotations:
        match, host = quotation.match, quotation.host
        counts[match.verdict] += 1
        by = f" · {host.by}" if host.by else ""
        said = changed(quotation.quote, match) or one_line(quotation.quote)
        say(f"{verdict_mark(match.verdict)} “{said}”")
        where = cited(study, match) or "not found in the readings"
        similar = f" · {match.similarity:.0%}" if match.verdict == "altered" else ""
        say(f"    {where}{similar}")
        say(faint(f"    {host.kind}{by} · {host.place}"))
        if quotation.drift is not None:
            say(f"    ! {what_became(study, quotation.drift)}")
    if counts:
        told = (f"{MARKS[v]} {counts[v]} {v}" for v in VERDICTS if counts[v])
        say("   ".join(told))
    else:
        say("No quotations.")
