"""Quotations as plain data: the form in which JSON has them, and what other programs rely on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict

from studygroup.core.anchoring.quotation import MARKS, Anchor, Match
from studygroup.core.quoting.audit import Audit, Host, Quotation
from studygroup.core.quoting.differences import differences
from studygroup.core.quoting.drift import Drift


def quotations_data(audit: Audit, quotations: Iterable[Quotation]) -> dict[str, object]:
    """Return quotations of an audit as plain data for JSON, with how many have each verdict."""
    listed = list(quotations)
    counts = Counter(q.match.verdict for q in listed)
    return {
        "quotations": [_quotation(audit, q) for q in listed],
        "counts": {verdict: counts[verdict] for verdict in MARKS},
    }


def match_data(match: Match) -> dict[str, object]:
    """Return where words stand as plain data: `places` are all of them when it is ambiguous."""
    places = match.candidates if match.verdict == "ambiguous" else ()
    return {
        "verdict": match.verdict,
        "similarity": round(match.similarity, 3),
        "target": None if match.anchor is None else _target(match.anchor),
        "candidates": len(match.candidates) or int(match.anchor is not None),
        "places": [_target(anchor) for anchor in places],
    }


def differences_data(quote: str, match: Match) -> list[dict[str, str]]:
    """Return what an altered quotation changed, as stretches with the words of both sides."""
    if match.verdict != "altered" or match.anchor is None:
        return []
    return [asdict(d) for d in differences(quote, match.anchor.words) if d.op != "same"]


def _quotation(audit: Audit, quotation: Quotation) -> dict[str, object]:
    return {
        "quote": quotation.quote,
        "form": quotation.form,
        "in": _host(quotation.host),
        **match_data(quotation.match),
        "differences": differences_data(quotation.quote, quotation.match),
        "chain": [_target(a) for q in audit.chain(quotation) if (a := q.match.anchor)],
        "drift": None if quotation.drift is None else _drift(quotation.drift),
    }


def _drift(drift: Drift) -> dict[str, object]:
    return {
        "kind": drift.kind,
        "verdict": drift.was.verdict,
        "target": _target(drift.was.anchor),
    }


def _host(host: Host) -> dict[str, object]:
    return {
        "kind": host.kind,
        "reading": host.reading or None,
        "section": host.section,
        "paragraph": host.paragraph,
        "by": host.by,
        "path": host.place.path,
        "line": host.place.line,
        "id": host.id or None,
    }


def _target(anchor: Anchor) -> dict[str, object]:
    return asdict(anchor)
