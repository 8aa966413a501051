"""Exporters: a session or a reading as a file, one module per format, and their registry."""

from __future__ import annotations

import json
from collections.abc import Sequence

from studygroup.core.errors import UsageError
from studygroup.core.export import Exported
from studygroup.core.meeting.session import Session
from studygroup.core.meeting.session_data import session_data
from studygroup.core.reading import Reading
from studygroup.core.study import Study
from studygroup.export import markdown
from studygroup.export.blocks import merge
from studygroup.export.flow import Part, shown
from studygroup.export.handout import handout
from studygroup.export.names import language
from studygroup.export.overrides import Own
from studygroup.export.write_up import write_up


def export(format: str, session: Session, study: Study, old: str, own: Own) -> Exported:
    """Return the file for a session in a format (see `Exporter.export`)."""
    match format:
        case "json":
            text = json.dumps(session_data(session), ensure_ascii=False, indent=2) + "\n"
            return Exported(text.encode("utf-8", "replace"))
        case "jsonld":
            from studygroup.export.jsonld import collection

            return collection(session, study)
        case "html":
            from studygroup.export.charts import charts
            from studygroup.export.html import render

            values = {
                "title": shown(session.title),
                "language": "en",
                "study": study.title,
                "session": session_data(session),
                "charts": charts(session, study),
            }
            return render("write-up.html", write_up(session, study), values, own)
        case "pdf":
            from studygroup.export import pdf
            from studygroup.export.charts import charts

            drawn = charts(session, study)
            return pdf.render(shown(session.title), "en", write_up(session, study), drawn, own)
    parts = write_up(session, study)
    if format == "docx":
        from studygroup.export.charts import charts, in_words

        parts += in_words(charts(session, study))
    return _document(format, shown(session.title), "en", parts, old, own)


def hand_out(format: str, reading: Reading, study: Study, old: str, own: Own) -> Exported:
    """Return the handout for a reading in a format (see `Exporter.handout`)."""
    parts = handout(reading, study)
    match format:
        case "html":
            from studygroup.export.html import render

            values = {
                "title": shown(reading.title),
                "language": language(reading),
                "study": study.title,
            }
            return render("handout.html", parts, values, own)
        case "pdf":
            from studygroup.export import pdf

            return pdf.render(shown(reading.title), language(reading), parts, [], own)
    return _document(format, shown(reading.title), language(reading), parts, old, own)


def _document(
    format: str, title: str, language: str, parts: Sequence[Part], old: str, own: Own
) -> Exported:
    """Return a flow as a file in one of the formats that need nothing else."""
    match format:
        case "md":
            return merge(old, markdown.generated(parts))
        case "docx":
            from studygroup.export import word

            return word.render(title, language, parts, own)
    raise UsageError(f"no format “{format}”")
