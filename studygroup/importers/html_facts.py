"""What a page says of itself: title, author, year and address, from its metadata and byline."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping

from selectolax.lexbor import LexborHTMLParser

from studygroup.importers.html_tree import attribute, plain, words
from studygroup.importers.title_block import Facts

_YEAR = re.compile(r"\b(1[4-9]\d\d|20\d\d)\b")
_TITLE_KEYS = ("og:title", "citation_title", "dc.title", "dcterms.title", "twitter:title")
_AUTHOR_KEYS = (
    "citation_author", "author", "dc.creator", "dcterms.creator", "article:author",
    "parsely-author", "sailthru.author", "byl",
)  # fmt: skip
_DATE_KEYS = (
    "article:published_time", "citation_publication_date", "citation_date", "dc.date",
    "dcterms.date", "dc.date.issued", "date", "pubdate", "publishdate", "parsely-pub-date",
    "sailthru.date",
)  # fmt: skip
_SITE_KEYS = ("og:site_name", "application-name", "twitter:site")
_SEPARATORS = re.compile(r"\s+[|\-–—·•»«:/\\]+\s+|\s*[|»]\s*")
_BY = re.compile(r"^(?:written\s+|posted\s+|words\s+)?(?:by|von|por|par|di|door)\b:?\s+", re.I)
_BYLINE = (
    "[itemprop~=author] [itemprop=name], [itemprop~=author], [rel=author], .byline-name,"
    " .author-name, .p-author, .byline, .author, .post-author, .entry-author"
)
_TIME = "time[datetime], time[pubdate], [itemprop=datePublished], .published, .date, .dateline"
_DROP_AFTER = re.compile(
    r"\s+(?:\||•|·|–|—|on\s+\w+\s+\d|@|published|updated|posted)(?!\w).*$", re.I
)
_ARTICLE_TYPES = re.compile(r"Article|BlogPosting|Report|Book|Chapter|CreativeWork", re.I)


def page_facts(tree: LexborHTMLParser) -> Facts:
    """Facts from metadata, JSON-LD, the address, headings and byline, in this order of trust; a
    part that the page does not give is empty.
    """
    metas = _metas(tree)
    linked = _json_ld(tree)
    title = _title(tree, metas, linked)
    author = _authors(tree, metas, linked)
    return Facts(title, author, _year(tree, metas, linked), _address(tree, metas))


def _metas(tree: LexborHTMLParser) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for node in tree.css("meta[content]"):
        for name in ("name", "property", "itemprop"):
            key = attribute(node, name).lower()
            value = plain(attribute(node, "content"))
            if key and value:
                found.setdefault(key, []).append(value)
    return found


def _json_ld(tree: LexborHTMLParser) -> Mapping[str, object]:
    """The first object that describes an article."""
    for script in tree.css('script[type="application/ld+json"]')[:20]:
        text = script.text(deep=True) or ""
        if len(text) > 500_000:
            continue
        try:
            for item in _objects(json.loads(text, strict=False), 0):
                if _ARTICLE_TYPES.search(str(item.get("@type", ""))) and (
                    "headline" in item or "author" in item
                ):
                    return item
        except (ValueError, RecursionError):
            continue
    return {}


def _objects(value: object, depth: int) -> Iterator[Mapping[str, object]]:
    if depth > 6:
        return
    if isinstance(value, dict):
        yield value
        for inner in value.values():
            yield from _objects(inner, depth + 1)
    elif isinstance(value, list):
        for inner in value[:200]:
            yield from _objects(inner, depth + 1)


def _title(
    tree: LexborHTMLParser,
    metas: Mapping[str, list[str]],
    linked: Mapping[str, object],
) -> str:
    said = [values[0] for key in _TITLE_KEYS if (values := metas.get(key))]
    headline = linked.get("headline")
    if isinstance(headline, str):
        said.append(plain(headline))
    head = tree.css_first("head > title") or tree.css_first("title")
    whole = words(head) if head is not None else ""
    tops = [words(node) for node in tree.css("h1") if words(node)]
    if below := _below_site(tree, whole, tops):
        return below
    for top in tops:
        if any(_letters(top) == _letters(other) for other in (*said, whole)):
            return top
    for top in [*tops, *(words(node) for node in tree.css("h2"))]:
        if any(_same(top, other) for other in (*said, whole)):
            return top
    if len(set(tops)) == 1 and not said and not (whole and _leads_home(tree)):
        return tops[0]
    sites = [value for key in _SITE_KEYS for value in metas.get(key, ())]
    return _without_site(said[0] if said else whole, sites) or (tops[0] if tops else "")


def _below_site(tree: LexborHTMLParser, whole: str, tops: list[str]) -> str:
    """The first part of a title whose last part is the site's name, where that is the highest
    heading of the page, and the first part another one.
    """
    parts = [part for part in _SEPARATORS.split(whole) if part.strip()]
    if len(parts) < 2 or not any(_letters(top) == _letters(parts[-1]) for top in tops):
        return ""
    name = whole[: whole.rfind(parts[-1])].rstrip(" |-–—·•»«:/\\")
    lower = (words(node) for node in tree.css("h2, h3"))
    return name if any(_letters(heading) == _letters(name) for heading in lower) else ""


def _leads_home(tree: LexborHTMLParser) -> bool:
    """Whether the first heading of a page is one link: the name of the site, which leads to it."""
    top = tree.css_first("h1")
    link = top.css_first("a[href]") if top is not None else None
    return top is not None and link is not None and words(link) == words(top)


def _same(heading: str, title: str) -> bool:
    """Whether a heading is what a title says, but for a name before it or after."""
    a, b = _letters(heading), _letters(title)
    return len(a) > 5 and (b.startswith(a) or (b.endswith(a) and 2 * len(a) > len(b)))


def _letters(text: str) -> str:
    return "".join(char for char in text.casefold() if char.isalnum())


def _without_site(title: str, sites: list[str]) -> str:
    """A title without the name of the site that stands before or after it."""
    parts = [part for part in _SEPARATORS.split(title) if part.strip()]
    if len(parts) < 2:
        return title
    names = {_letters(site) for site in sites}
    if _letters(parts[-1]) in names or (len(parts[-1].split()) <= 4 < len(title.split())):
        cut = title.rfind(parts[-1])
        return title[:cut].rstrip(" |-–—·•»«:/\\")
    if _letters(parts[0]) in names:
        return title[len(parts[0]) :].lstrip(" |-–—·•»«:/\\")
    return title


def _authors(
    tree: LexborHTMLParser, metas: Mapping[str, list[str]], linked: Mapping[str, object]
) -> tuple[str, ...]:
    for key in _AUTHOR_KEYS:
        names = [name for value in metas.get(key, ()) if (name := _name(value))]
        if names:
            return tuple(dict.fromkeys(names))
    names = [name for value in _names_in(linked.get("author")) if (name := _name(value))]
    if names:
        return tuple(dict.fromkeys(names))
    for node in tree.css(_BYLINE)[:5]:
        if name := _name(words(node)):
            return (name,)
    return ()


def _names_in(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for item in value[:20]:
            yield from _names_in(item)
    elif isinstance(value, dict) and isinstance(value.get("name"), str | list):
        yield from _names_in(value["name"])


def _name(text: str) -> str:
    """A person's name from a byline, empty when it is none."""
    name = _DROP_AFTER.sub("", _BY.sub("", plain(text))).strip(" ,.;:|-–—")
    good = 3 <= len(name) <= 80 and len(name.split()) <= 8 and not re.search(r"[@/<>]|\d{3}", name)
    return (
        name if good and name.lower() not in ("admin", "administrator", "staff", "editor") else ""
    )


def _year(
    tree: LexborHTMLParser, metas: Mapping[str, list[str]], linked: Mapping[str, object]
) -> int | None:
    said = [value for key in _DATE_KEYS for value in metas.get(key, ())]
    said += [str(linked.get("datePublished", ""))]
    said += [
        attribute(n, "datetime") or attribute(n, "content") or words(n) for n in tree.css(_TIME)[:3]
    ]
    for value in said:
        if len(value) < 60 and (match := _YEAR.search(value)):
            return int(match.group())
    address: str = _address(tree, metas) or ""
    match = re.search(r"/((?:19|20)\d\d)/", address)
    return int(match.group(1)) if match else None


def _address(tree: LexborHTMLParser, metas: Mapping[str, list[str]]) -> str | None:
    link = tree.css_first('link[rel="canonical"]')
    given = attribute(link, "href") if link is not None else ""
    values: list[str] = [given, *metas.get("og:url", ())]
    for value in values:
        if value.startswith(("http://", "https://")) and not re.search(r"[\s<>\"]", value):
            return value
    return None
