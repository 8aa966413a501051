"""Pages of comments come in as threads, whichever program made them; others when asked to."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from studygroup.core.draft import Draft
from studygroup.core.errors import CannotImport
from studygroup.importers import html, html_thread
from studygroup.importers.detect import read
from studygroup.importers.render import render_body

SAID = ("The bank owns the boat.", "And who owns the river?", "Nobody does.", "Sell it then.")


def wordpress(depth: int, at: int, name: str, said: str, inner: str = "") -> str:
    return (
        f'<li id="comment-{at}" class="comment depth-{depth}"><article id="div-comment-{at}"'
        f' class="comment-body"><footer class="comment-meta"><div class="comment-author vcard">'
        f'<b class="fn">{name}</b> <span class="says">says:</span></div>'
        f'<div class="comment-metadata"><a href="#c"><time datetime="2013-03-0{at}T21:15:00+00:00">'
        f"March {at}</time></a></div></footer><div class='comment-content'><p>{said}</p></div>"
        f'<div class="reply"><a class="comment-reply-link" href="#r">Reply</a></div></article>'
        f'<ul class="children">{inner}</ul></li>'
    )


def hacker(indent: int, name: str, said: str) -> str:
    return (
        f"<tr class='athing comtr'><td><table><tr><td class='ind' indent='{indent}'></td>"
        f"<td class='default'><div><span class='comhead'><a href='user?id={name}' class='hnuser'>"
        f"{name}</a> <span class='age' title='2013-03-04T10:00:00 1'><a href='item'>2 hours ago</a>"
        f"</span></span></div><div class='comment'><div class='commtext c00'>{said}</div>"
        "<div class='reply'><p><a href='reply'>reply</a></p></div></div></td></tr></table>"
        "</td></tr>"
    )


def reddit(name: str, said: str, inner: str = "") -> str:
    return (
        f"<div class='thing comment'><div class='entry'><p class='tagline'><a class='author'"
        f" href='/user/{name}'>{name}</a> <span class='score'>4 points</span>"
        f" <time datetime='2013-03-04T10:00:00Z'>5 years ago</time></p><form class='usertext'>"
        f"<div class='usertext-body'><div class='md'><p>{said}</p></div></div></form></div>"
        f"<div class='child'>{inner}</div></div>"
    )


def board(name: str, said: str) -> str:
    return (
        f"<div id='p7' class='post bg2'><div class='postbody'><h3><a href='#p7'>Re: Boats</a></h3>"
        f"<p class='author'>by <strong><a class='username' href='./u.php'>{name}</a></strong>"
        f" » Wed May 03, 2006 3:35 pm</p><div class='content'>{said}</div></div></div>"
    )


def forum(name: str, said: str) -> str:
    return (
        f"<div class='topic-body crawler-post'><div class='crawler-post-meta'><span class='creator'"
        f" itemprop='author'><a href='/u/{name}'><span itemprop='name'>{name}</span></a></span>"
        f"<time class='post-time' datetime='2013-03-04T10:00:00Z'>4 March</time></div>"
        f"<div class='post' itemprop='text'><p>{said}</p></div></div>"
    )


def page(body: str, title: str = "On ferries") -> bytes:
    return f"<!doctype html><html><title>{title}</title><body>{body}</body></html>".encode()


PAGES = {
    "weblog": page(
        "<ol class='commentlist'>"
        + wordpress(
            1, 1, "Tilda", SAID[0], wordpress(2, 2, "Mo", SAID[1], wordpress(3, 3, "Red", SAID[2]))
        )
        + wordpress(1, 4, "Old Digger", SAID[3])
        + "</ol>"
    ),
    "news": page(
        "<table>"
        + hacker(0, "Tilda", SAID[0])
        + hacker(1, "Mo", SAID[1])
        + hacker(2, "Red", SAID[2])
        + hacker(0, "Old_Digger", SAID[3])
        + "</table>"
    ),
    "reddit": page(
        reddit("Tilda", SAID[0], reddit("Mo", SAID[1], reddit("Red", SAID[2])))
        + reddit("Old_Digger", SAID[3])
    ),
}


def conversation(draft: Draft) -> list[tuple[int, str, str]]:
    found: list[tuple[int, str, str]] = []
    for block in draft.blocks:
        if block.kind == "heading":
            found.append((block.level, block.text.split(" ·")[0].replace("\\", ""), ""))
        elif block.kind != "raw":
            level, name, said = found[-1]
            found[-1] = (level, name, f"{said} {block.text}".strip())
    return found


@pytest.mark.parametrize("site", PAGES)
def test_a_page_of_nested_comments_is_a_conversation(site: str) -> None:
    draft = html.read(PAGES[site], "a page")
    assert (draft.kind, draft.title) == ("thread", "On ferries")
    assert [(level, said) for level, _, said in conversation(draft)] == [
        (1, SAID[0]),
        (2, SAID[1]),
        (3, SAID[2]),
        (1, SAID[3]),
    ]
    assert [name.replace("_", " ") for _, name, _ in conversation(draft)] == [
        "Tilda",
        "Mo",
        "Red",
        "Old Digger",
    ]
    links = [block.text for block in draft.blocks if block.kind == "raw"]
    assert [link.split("|")[1] for link in links] == ["Tilda]]", "Mo]]"]


@pytest.mark.parametrize("made", [board, forum])
def test_posts_of_a_forum_follow_each_other(made: object) -> None:
    assert callable(made)
    names = ("Tilda", "Mo", "Red", "Old")
    body = "".join(made(name, said) for name, said in zip(names, SAID, strict=True))
    draft = html.read(page(body), "a page")
    assert conversation(draft) == [(1, name, said) for name, said in zip(names, SAID, strict=True)]
    assert draft.year in (2006, 2013)


ARTICLE = f"<article><h1>On ferries</h1><p>{'The ferryman kept two ledgers. ' * 30}</p></article>"


def test_an_article_with_comments_below_it_is_an_article_and_says_so(tmp_path: Path) -> None:
    data = page(ARTICLE + PAGES["weblog"].decode().split("<body>")[1])
    draft = html.read(data, "a page")
    assert draft.kind == "text"
    assert not any("river" in block.text for block in draft.blocks)
    assert any("4 comments" in warning for warning in draft.warnings)
    path = tmp_path / "page.html"
    path.write_bytes(data)
    thread = read(path, "thread")
    assert [said for _, _, said in conversation(thread)] == list(SAID)


def test_an_article_without_paragraphs_is_no_part_of_a_discussion_below_it() -> None:
    lines = "<br>".join(f"The river rose again on day {at}, and nobody rowed." for at in range(20))
    comments = "".join(hacker(0, name, "So it did, here too.") for name in "abcd")
    draft = html.read(page(f"<div class='day'>{lines}</div><table>{comments}</table>"), "a page")
    assert draft.kind == "text"
    assert "on day 19" in render_body(draft)


def test_posts_of_a_weblog_s_front_page_are_no_comments() -> None:
    post = (
        "<div class='post'><h2>A day</h2><span class='author fn'>Tilda</span>"
        "<div class='entry-content'><p>" + "The river rose again today. " * 8 + "</p></div></div>"
    )
    assert html.read(page(post * 4), "a page").kind == "text"


def test_what_a_comment_quotes_is_a_quotation_and_buttons_are_left_out() -> None:
    bodies = (
        "<p>&gt; The bank owns the boat.</p><p>Does it?</p>",
        "<blockquote>Does it?</blockquote>Yes.",
    )
    quoting = "".join(hacker(0, name, said) for name, said in zip("ab", bodies, strict=True))
    draft = html.read(page(f"<table>{hacker(0, 'c', SAID[0])}{quoting}</table>"), "a page")
    quotes = [block.text for block in draft.blocks if block.kind == "quote"]
    assert quotes == ["The bank owns the boat.", "Does it?"]
    assert not any(block.text == "reply" for block in draft.blocks)


def test_the_post_that_opens_a_topic_is_the_first_and_names_need_no_link() -> None:
    def post(kind: str, name: str, day: int, said: str) -> str:
        return (
            f"<div class='{kind}'><span class='submitted'>Submitted by {name} on Sat,"
            f" {day}/09/2012 - 14:14.</span><div class='content'><p>{said}</p></div></div>"
        )

    asked = "Who owns the boat that has lain at the landing since the flood? " * 12
    body = post("node", "<a href='/user/7'>Tilda</a>", 22, asked) + "".join(
        post("comment comment-published", name, day, said)
        for name, day, said in zip(("Mo", "Red (guest)", "Mo"), (23, 24, 25), SAID, strict=False)
    )
    draft = html.read(page(f"<div id='menu'>{'A menu. ' * 9}</div>{body}"), "a page")
    assert draft.kind == "thread"
    assert conversation(draft)[0] == (1, "Tilda", asked.strip())
    assert [name for _, name, _ in conversation(draft)][1:] == ["Mo", "Red (guest)", "Mo"]


def test_a_page_without_comments_cannot_be_read_as_a_thread() -> None:
    with pytest.raises(CannotImport, match="no comments"):
        html_thread.read(page(ARTICLE), "a page")


def test_boxes_nested_as_deep_as_can_be_are_read_in_time() -> None:
    deep = reddit("a", "Words.")
    for at in range(150):
        deep = reddit(f"n{at}", f"Words of {at}.", deep)
    inside = f"{'<div class=meta>' * 800}{'Words. ' * 200_000}{'</div>' * 800}"
    deep += reddit("z", inside)
    wide = "".join(reddit(f"m{at}", f"More {at}.") for at in range(3_000))
    begin = time.process_time()
    draft = html.read(page(deep + wide), "a page")
    assert time.process_time() - begin < 20
    assert draft.repairs["comments"] == 3_152
