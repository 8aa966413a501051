"""The rules of the W3C Web Annotation Data Model that a collection must keep, as a check.

Written from the Recommendation of 23 February 2017; the numbers are its sections.
"""

import re
from collections.abc import Iterator, Mapping

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
MOTIVATIONS = {
    "assessing", "bookmarking", "classifying", "commenting", "describing", "editing",
    "highlighting", "identifying", "linking", "moderating", "questioning", "replying", "tagging",
}  # fmt: skip
IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`\x00-\x20]+")
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z")
AGENTS = {"Person", "Organization", "Software"}


def violations(collection: Mapping[str, object]) -> list[str]:
    """Return every rule that a collection with an embedded first page breaks."""
    return list(_collection(collection))


def _collection(node: Mapping[str, object]) -> Iterator[str]:
    if not _has(node.get("@context"), CONTEXT):
        yield "5.1 a collection has the context of the model"
    yield from _named(node, "AnnotationCollection", "5.1")
    total = node.get("total")
    if not _count(total):
        yield "5.1 total is a non-negative integer"
    page = node.get("first")
    if not isinstance(page, Mapping):
        if total:
            yield "5.1 a collection that is not empty has a first page"
        return
    yield from _named(page, "AnnotationPage", "5.2")
    items = page.get("items")
    if not isinstance(items, list) or not items:
        yield "5.2 a page has a list of one or more annotations"
        return
    if "next" not in page and len(items) != total:
        yield "5.2 a page that is not the last names the next"
    if not _count(page.get("startIndex", 0)):
        yield "5.2 startIndex is a non-negative integer"
    for item in items:
        yield from _annotation(item)
    names = [item.get("id") for item in items]
    if len(set(names)) != len(names):
        yield "3.1 an annotation's id is its own"


def _annotation(node: Mapping[str, object]) -> Iterator[str]:
    if not _has(node.get("@context"), CONTEXT):
        yield "3.1 an annotation has the context of the model"
    yield from _named(node, "Annotation", "3.1")
    if "target" not in node or node["target"] in ([], None):
        yield "3.1 an annotation has one or more targets"
    if "body" in node and "bodyValue" in node:
        yield "3.2.5 body and bodyValue exclude each other"
    for target in _each(node.get("target")):
        yield from _target(target)
    for body in _each(node.get("body")):
        yield from _body(body)
    yield from _origin(node)


def _origin(node: Mapping[str, object]) -> Iterator[str]:
    for moment in (node[name] for name in ("created", "modified", "generated") if name in node):
        if not isinstance(moment, str) or not MOMENT.fullmatch(moment):
            yield "3.3.1 a moment is a single xsd:dateTime in UTC"
    for motivation in _each(node.get("motivation")):
        if motivation not in MOTIVATIONS:
            yield "3.3.5 a motivation is one of the model's"
    for agent in _each(node.get("creator")):
        if not isinstance(agent, Mapping) or not _iri(agent.get("id")):
            yield "3.3.2 an agent has an IRI"
        elif agent.get("type") not in AGENTS or not isinstance(agent.get("name"), str):
            yield "3.3.2 an agent has a class and one name"


def _body(node: object) -> Iterator[str]:
    if not isinstance(node, Mapping) or node.get("type") != "TextualBody":
        yield "3.2.4 this body is a TextualBody"
        return
    if not isinstance(node.get("value"), str):
        yield "3.2.4 a TextualBody has exactly one value"
    if not isinstance(node.get("format", ""), str) or not isinstance(node.get("language", ""), str):
        yield "3.2.1 format and language are single"
    if node.get("purpose", "commenting") not in MOTIVATIONS:
        yield "3.3.5 a purpose is one of the model's motivations"


def _target(node: object) -> Iterator[str]:
    if isinstance(node, str):
        if not _iri(node):
            yield "3.2.1 a target is named by an IRI"
        return
    if not isinstance(node, Mapping) or node.get("type") != "SpecificResource":
        yield "4 this target is a SpecificResource"
        return
    if not _iri(node.get("source")):
        yield "4 a SpecificResource has exactly one source with an IRI"
    for selector in _each(node.get("selector")):
        yield from _selector(selector)


def _selector(node: object) -> Iterator[str]:
    if not isinstance(node, Mapping):
        yield "4.2 a selector is an object"
    elif node.get("type") == "TextQuoteSelector":
        if not isinstance(node.get("exact"), str) or not node["exact"]:
            yield "4.2.4 a TextQuoteSelector has exactly one exact"
        if not all(isinstance(node.get(side, ""), str) for side in ("prefix", "suffix")):
            yield "4.2.4 prefix and suffix are single"
    elif node.get("type") == "TextPositionSelector":
        start, end = node.get("start"), node.get("end")
        if not _count(start) or not _count(end):
            yield "4.2.5 start and end are non-negative integers"
        elif isinstance(start, int) and isinstance(end, int) and start >= end:
            yield "4.2.5 the end is not included"
    else:
        yield "4.2 a selector has a class of the model"


def _named(node: Mapping[str, object], kind: str, section: str) -> Iterator[str]:
    if not _has(node.get("type"), kind):
        yield f"{section} this has the type {kind}"
    if not _iri(node.get("id")):
        yield f"{section} {kind} has exactly one IRI"


def _each(value: object) -> list[object]:
    return [] if value is None else value if isinstance(value, list) else [value]


def _has(value: object, wanted: str) -> bool:
    return wanted in _each(value)


def _count(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _iri(value: object) -> bool:
    return isinstance(value, str) and bool(IRI.fullmatch(value))
