"""HTML: one file that asks nothing of anybody, made from templates that a study may override.

Templates run in Jinja's sandbox, with everything they are given escaped, and what comes out is
looked over once more (`page_check.py`): no template can bring a script or a request into an export.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from jinja2 import FunctionLoader, StrictUndefined, TemplateError, TemplateSyntaxError, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

from studygroup.core.errors import Place, StudyError
from studygroup.core.export import Exported
from studygroup.export.flow import Part, grouped
from studygroup.export.overrides import FOLDER, Own, broken, own_text, place, shipped_text
from studygroup.export.page_check import POLICY, check

_NAME = re.compile(r"[a-z0-9-]+\.(?:html|css)")
"""The names of templates; no other file is read, whatever a template includes."""
_FAULTS = (
    TemplateError,
    ArithmeticError,
    AttributeError,
    LookupError,
    MemoryError,
    RecursionError,
    TypeError,
    ValueError,
)
"""What a template can run into."""


def render(
    name: str,
    parts: Iterable[Part],
    values: Mapping[str, object],
    own: Own,
) -> Exported:
    """Return the page that the template `name` makes of a document's parts and other values.

    `own` gives the study's template of a name, which stands in for the one that comes with the
    program. Raises StudyError, with file and line where they are known, for one that is broken.
    """
    environment = _environment(own)
    given = {part.name: part for part in parts}
    try:
        page = environment.get_template(name).render(parts=given, policy=POLICY, **values)
    except _FAULTS as error:
        raise _broken(name, error) from error
    check(page, Place(name) if own(name) is None else place(name))
    return Exported(page.encode("utf-8", "replace"))


def _environment(own: Own) -> ImmutableSandboxedEnvironment:
    environment = ImmutableSandboxedEnvironment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    # Without these two ways out of escaping, no text can become markup by a template's mistake.
    del environment.filters["safe"]
    environment.filters["grouped"] = grouped

    def load(name: str) -> tuple[str, str, None] | None:
        if not _NAME.fullmatch(name):
            return None
        theirs = own_text(own, name)
        if theirs is not None:
            path = place(name).path
            _refuse_unescaped(environment.parse(theirs, name, path), name, path)
            return theirs, path, None
        ours = shipped_text(name)
        return None if ours is None else (ours, name, None)

    environment.loader = FunctionLoader(load)
    return environment


def _refuse_unescaped(tree: nodes.Template, name: str, place: str) -> None:
    for node in tree.find_all(nodes.EvalContextModifier):
        raise TemplateSyntaxError("escaping cannot be turned off", node.lineno, name, place)


def _broken(name: str, error: BaseException) -> StudyError:
    """Return a template's fault as an error that names the file and line where it came up."""
    file, line = name, None
    if isinstance(error, TemplateSyntaxError):
        file, line = error.filename or name, error.lineno
    else:
        # Jinja rewrites tracebacks so that a template's frames carry its name and line.
        trace = error.__traceback__
        while trace is not None:
            source = trace.tb_frame.f_code.co_filename
            if source.startswith(f"{FOLDER}/"):
                file, line = source, trace.tb_lineno
            trace = trace.tb_next
    return broken(str(error) or type(error).__name__, Place(file, line))
