"""The last look at a page before it is written: no script, no request, links only to the web."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from studygroup.core.errors import Place, StudyError
from studygroup.export.flow import safe_link

POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:;"
    " base-uri 'none'; form-action 'none'"
)
"""The content security policy that every page carries."""

_ELEMENTS = re.compile(
    "script|iframe|frame|frameset|object|embed|applet|portal|base|link|form|audio|video|source"
    "|track|foreignobject|animate|set|use"
)
_ADDRESSES = re.compile(
    "href|src|xlink:href|action|formaction|poster|background|cite|data|srcset|ping"
)


class _Page(HTMLParser):
    """Walks through a page and stops at the first thing that an export never contains."""

    def __init__(self, place: Place) -> None:
        super().__init__(convert_charrefs=True)
        self._place = place
        self.guarded = False
        self._in_style = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if _ELEMENTS.fullmatch(tag):
            self._refuse(f"<{tag}>")
        for name, value in given.items():
            if name.startswith("on") or (name == "style" and _asks(value)):
                self._refuse(f"{name}=")
            if _ADDRESSES.fullmatch(name) and not _allowed(tag, name, value):
                self._refuse(f"{name}={value!r}")
        if tag == "meta" and "http-equiv" in given:
            if given["http-equiv"].casefold() != "content-security-policy":
                self._refuse(f"<meta http-equiv={given['http-equiv']!r}>")
            self.guarded = self.guarded or given.get("content") == POLICY
        elif tag not in ("html", "head", "meta") and not self.guarded:
            self._refuse(f"<{tag}> before the content security policy")
        self._in_style = tag == "style"

    def handle_endtag(self, tag: str) -> None:
        self._in_style = False

    def handle_data(self, data: str) -> None:
        if self._in_style and _asks(data):
            self._refuse("a style sheet that fetches something")

    def _refuse(self, what: str) -> None:
        hint = "An export holds no scripts and fetches nothing."
        raise StudyError(
            f"the template would make a page with {what}", place=self._place, hint=hint
        )


def check(page: str, place: Place) -> None:
    """Raise StudyError, blaming the template at `place`, for a page that is not safe to open."""
    walker = _Page(place)
    walker.feed(page)
    walker.close()
    if not walker.guarded:
        what = "the template leaves out the content security policy"
        hint = "Keep the line with {{ policy }} of the template that comes with the program."
        raise StudyError(what, place=place, hint=hint)


def _allowed(tag: str, name: str, value: str) -> bool:
    if tag == "img" and name == "src":
        return value.startswith("data:image/")
    return name == "href" and tag == "a" and (value.startswith("#") or bool(safe_link(value)))


def _asks(style: str) -> bool:
    folded = "".join(style.split()).casefold()
    return "@import" in folded or ("url(" in folded.replace("url(data:", "")) or "\\" in folded
