"""`studygroup search`: find words in texts, prompts, notes and minutes."""

from __future__ import annotations

import sys
from collections.abc import Mapping

import click

from studygroup.cli.concordance import show_concordance
from studygroup.cli.context import Context, pass_context
from studygroup.cli.output import faint, found, progress, say, say_json, strong, table, warn
from studygroup.core.errors import UsageError
from studygroup.core.finding.concordance import ORDERS, Order
from studygroup.core.finding.query import NO_WORD, parse
from studygroup.core.finding.search import Filters, Hit, HitKind, Results
from studygroup.core.study import Study

NOTHING_FOUND = 1
"""The exit code when nothing is found."""
NAMES: Mapping[str, HitKind] = {
    "text": "text",
    "prompts": "prompt",
    "notes": "note",
    "minutes": "minutes",
}
"""What `--in` takes, and the kind of hit each means."""


@click.command(
    name="search",
    # A query may hold words like “-house”: no short option may take them for its own.
    context_settings={"ignore_unknown_options": True, "help_option_names": ["--help"]},
)
@click.argument("query", nargs=-1, required=True, type=click.UNPROCESSED)
@click.option("--in", "where", metavar="KINDS", help="Of: text,prompts,notes,minutes.")
@click.option("--reading", metavar="READING", help="Only what belongs to one reading.")
@click.option("--reader", metavar="NAME", help="Only what one reader wrote or said.")
@click.option("--limit", type=click.IntRange(min=1), default=20, show_default=True)
@click.option("--kwic", is_flag=True, help="Every place on a line of its own, aligned on the term.")
@click.option(
    "--sort",
    "order",
    type=click.Choice(ORDERS),
    default="study",
    show_default=True,
    help="With --kwic: as in the study, or by the words after or before the term.",
)
@click.option("--json", "as_json", is_flag=True, help="One JSON document.")
@click.pass_context
@pass_context
def command(
    context: Context,
    ctx: click.Context,
    query: tuple[str, ...],
    where: str | None,
    reading: str | None,
    reader: str | None,
    limit: int,
    kwic: bool,
    order: Order,
    as_json: bool,
) -> None:
    """Find words in texts, prompts, notes and minutes; the best first.

    Words stand for their other forms too (plan, planned). Also: '"very words"', one OR other,
    -without, begin*, neer~, and by:ana, said:ana, in:notes, type:criticism, kind:evaluative,
    reading:anatomy, section:'"what then"', tag:method, on:2026-11. The exit code is 1 when nothing
    is found.

    Example: studygroup search '"all-inclusive" -unity' --in text,notes
    """
    workspace = context.workspace
    study = workspace.study
    slug = None if reading is None else study.find_reading(reading).slug
    filters = Filters(kinds=_kinds(where), reading=slug, reader=reader)
    asked = " ".join(query)
    with progress("Reading the study for search") as told:
        workspace.finder.prepare(told)
    if kwic:
        lines = workspace.finder.concordance(asked, filters=filters, order=order)
        show_concordance(asked, lines, as_json=as_json)
        total = len(lines)
    else:
        results = workspace.finder.search(asked, filters=filters, limit=limit)
        total = results.total
        if as_json:
            say_json(_as_json(results))
        else:
            _show(study, results)
    workspace.finder.close()
    if not total:
        ctx.exit(NOTHING_FOUND)


def _kinds(where: str | None) -> frozenset[HitKind]:
    wanted = [name.strip().lower() for name in (where or "").split(",") if name.strip()]
    for name in wanted:
        if name not in NAMES:
            raise UsageError(f"--in knows no “{name}”", hint=f"It takes: {', '.join(NAMES)}.")
    return frozenset(NAMES[name] for name in wanted)


def _as_json(results: Results) -> dict[str, object]:
    return {
        "query": results.query,
        "suggestion": results.suggestion,
        "total": results.total,
        "took_ms": results.took_ms,
        "counts": dict(results.counts),
        "readings": dict(results.readings),
        "readers": dict(results.readers),
        "hits": [
            {
                "kind": hit.document.kind,
                "reading": hit.document.reading,
                "section": hit.document.section or None,
                "section_title": hit.document.section_title,
                "paragraph": hit.document.paragraph,
                "by": hit.document.by,
                "session": hit.document.session,
                "snippet": hit.snippet,
                "marks": [list(span) for span in hit.marks],
                "score": hit.score,
                "path": hit.document.path,
                "line": hit.document.line,
            }
            for hit in results.hits
        ],
    }


def _show(study: Study, results: Results) -> None:
    if not results.total:
        also = f" Did you mean: {results.suggestion}" if results.suggestion else ""
        if results.everything:
            also = f" Without --in, --reading and --reader: {results.everything:,}."
        asks = parse(results.query).wanted
        warn(f"Nothing found.{also}" if asks else NO_WORD)
    elif sys.stdout.isatty():
        for hit in results.hits:
            say(f"{strong(_place(study, hit))}  {faint(_label(hit))}")
            say(f"  {_marked(hit)}")
        if results.suggestion:
            say(faint(f"Did you mean: {results.suggestion}"))
        more = results.total - len(results.hits)
        say(faint(f"{results.total} found" + (f", {more} more not shown: --limit" if more else "")))
    else:
        table(
            [
                f"{hit.document.path}:{hit.document.line}",
                _label(hit),
                _place(study, hit),
                hit.snippet,
            ]
            for hit in results.hits
        )


def _place(study: Study, hit: Hit) -> str:
    """Return where a hit stands: reading, section and paragraph."""
    document = hit.document
    reading = study.reading(document.reading)
    title = reading.title if reading is not None else document.reading
    if not document.section:
        return title
    paragraph = f" ¶{document.paragraph}" if document.paragraph else ""
    return f"{title} ▸ {document.section_title}{paragraph}"


def _label(hit: Hit) -> str:
    """Return what a hit is and by whom: “note · ana”."""
    return " · ".join(part for part in (hit.document.kind, hit.document.by or "") if part)


def _marked(hit: Hit) -> str:
    pieces, at = [], 0
    for start, end in hit.marks:
        pieces += [hit.snippet[at:start], found(hit.snippet[start:end])]
        at = end
    return "".join([*pieces, hit.snippet[at:]])
