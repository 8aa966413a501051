"""Exporters: a session or a reading as a file, one module per format, and their registry."""

from __future__ import annotations

import json
from collections.abc import Callable

from studygroup.core.errors import UsageError
from studygroup.core.export import Exported, session_data
from studygroup.core.session import Session
from studygroup.core.study import Study
from studygroup.export import markdown
from studygroup.export.blocks import merge
from studygroup.export.write_up import write_up

Template = Callable[[str], str | None]
"""Gives the study's own template of a name, None where it has none."""


def _markdown(session: Session, study: Study, old: str, _template: Template) -> Exported:
    return merge(old, markdown.generated(write_up(session, study)))


def _html(session: Session, study: Study, _old: str, template: Template) -> Exported:
    from studygroup.export.charts import charts
    from studygroup.export.html import render

    values = {
        "title": session.title,
        "study": study.title,
        "session": session_data(session),
        "charts": charts(session, study),
    }
    return render("write-up.html", write_up(session, study), values, template)


def _json(session: Session, _study: Study, _old: str, _template: Template) -> Exported:
    text = json.dumps(session_data(session), ensure_ascii=False, indent=2) + "\n"
    return Exported(text.encode("utf-8", "replace"))


def _jsonld(session: Session, study: Study, _old: str, _template: Template) -> Exported:
    from studygroup.export.jsonld import collection

    return collection(session, study)


_SESSION: dict[str, Callable[[Session, Study, str, Template], Exported]] = {
    "md": _markdown,
    "html": _html,
    "json": _json,
    "jsonld": _jsonld,
}


def export(format: str, session: Session, study: Study, old: str, template: Template) -> Exported:
    """Return the file for a session in a format (see `Exporter.export`)."""
    exporter = _SESSION.get(format)
    if exporter is None:
        raise UsageError(f"no format “{format}”", hint=f"There are: {', '.join(_SESSION)}.")
    return exporter(session, study, old, template)
