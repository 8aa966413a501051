"""Exporters: a session as a file, one module per format, and the registry of them."""

from __future__ import annotations

import json
from collections.abc import Callable

from studygroup.core.errors import UsageError
from studygroup.core.export import Exported, session_data
from studygroup.core.session import Session
from studygroup.core.study import Study
from studygroup.export.blocks import merge
from studygroup.export.markdown import write_up


def _markdown(session: Session, study: Study, old: str) -> Exported:
    return merge(old, write_up(session, study))


def _json(session: Session, study: Study, old: str) -> Exported:
    return Exported(json.dumps(session_data(session), ensure_ascii=False, indent=2) + "\n")


_FORMATS: dict[str, Callable[[Session, Study, str], Exported]] = {"md": _markdown, "json": _json}


def export(format: str, session: Session, study: Study, old: str) -> Exported:
    """Return the file for a session in a format (see `Exporter.export`)."""
    exporter = _FORMATS.get(format)
    if exporter is None:
        raise UsageError(f"no format “{format}”", hint=f"There are: {', '.join(_FORMATS)}.")
    return exporter(session, study, old)
