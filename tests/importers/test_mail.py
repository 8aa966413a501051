"""Mailboxes and single mails come in as threads: who wrote, what is quoted, what answers what."""

from __future__ import annotations

import base64
import quopri
import time
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studygroup.core.draft import Draft
from studygroup.core.errors import CannotImport
from studygroup.importers import mail
from studygroup.importers.containers import container
from studygroup.importers.detect import read
from studygroup.importers.mail_html import text_of_html
from studygroup.importers.render import render_body

MAILBOX = """\
From mo at hill.example  Fri Jul 17 19:54:13 2015
From: mo at hill.example (Mo Okafor)
Date: Fri, 17 Jul 2015 19:54:13 +0200
Subject: [rivers] The boat
Message-ID: <a@hill.example>

Who owns the boat? It has lain at the landing since the flood, and nobody who
passes it has asked.

--~
Mo Okafor
Hill Street 4
_______________________________________________
Rivers mailing list
Rivers at ferry.example

From tk at ferry.example  Sat Jul 18 07:00:02 2015
From: =?utf-8?q?Tilda_K=C3=A4rn?= <tk@ferry.example>
Date: Sat, 18 Jul 2015 07:00:02 +0200
Subject: Re: [rivers] The boat
Message-ID: <b@ferry.example>
In-Reply-To: <a@hill.example>

On Fri, Jul 17, 2015 at 7:54 PM, Mo Okafor
<mo@hill.example> wrote:
> Who owns the boat? It has lain at the landing since the flood, and nobody who
> passes it has asked.

The bank does.

>From here one sees its name.

From red at lock.example  Sat Jul 18 08:00:00 2015
From: red@lock.example
Date: Sat, 18 Jul 2015 08:00:00 +0200
Subject: The lock
Message-ID: <c@lock.example>

Another matter: the lock is shut.

From mo at hill.example  Sun Jul 19 09:30:00 2015
From: Mo Okafor <mo@hill.example>
Date: Sun, 19 Jul 2015 09:30:00 +0200
Subject: Re: [rivers] The boat
Message-ID: <d@hill.example>
References: <a@hill.example> <b@ferry.example>

> > Who owns the boat?
> The bank does.

Then let it bail.
""".replace("--~", "-- ")


def draft_of(text: str | bytes) -> Draft:
    data = text if isinstance(text, bytes) else text.encode()
    assert container(data) == "mail"
    return mail.read(data, "a mailbox")


def headings(draft: Draft) -> list[tuple[int, str]]:
    return [(block.level, block.text) for block in draft.blocks if block.kind == "heading"]


def message(body: bytes, *fields: str) -> bytes:
    head = ["From: Ana <ana@x.example>", "Date: Sat, 18 Jul 2015 07:00:02 +0200", *fields]
    return "\n".join([*head, "Message-ID: <1@x.example>", "", ""]).encode() + body


def test_a_mailbox_becomes_a_conversation_with_replies_below_what_they_answer() -> None:
    draft = draft_of(MAILBOX)
    assert (draft.format, draft.kind, draft.title, draft.year) == (
        "mail",
        "thread",
        "The boat",
        2015,
    )
    assert headings(draft) == [
        (1, "Mo Okafor · 2015-07-17 19:54"),
        (2, "Tilda Kärn · 2015-07-18 07:00"),
        (3, "Mo Okafor · 2015-07-19 09:30"),
        (1, "red · 2015-07-18 08:00"),
    ]
    assert draft.repairs["signatures"] == draft.repairs["list_footers"] == 1


def test_a_reply_links_to_its_mail_and_sets_off_what_it_quotes() -> None:
    body = render_body(draft_of(MAILBOX))
    assert (
        "## Tilda Kärn · 2015-07-18 07:00\n\n"
        "↳ [[#Mo Okafor · 2015-07-17 19:54|Mo Okafor]]\n\n"
        "On Fri, Jul 17, 2015 at 7:54 PM, Mo Okafor wrote:\n\n"
        "> Who owns the boat? It has lain at the landing since the flood, and nobody who passes it"
        " has asked.\n\n"
        "The bank does.\n\n"
        "From here one sees its name.\n"
    ) in body
    assert "> > Who owns the boat?\n>\n> The bank does.\n\nThen let it bail." in body
    assert "**The lock**" in body
    assert "mailing list" not in body
    assert "Hill Street" not in body


LETTER = "Käthe’s boat – it was “ours” – lies here.\n"


@pytest.mark.parametrize(
    ("charset", "transfer"),
    [
        ("utf-8", "8bit"),
        ("utf-8", "quoted-printable"),
        ("windows-1252", "base64"),
        ("iso-8859-1", "quoted-printable"),  # which is said, and cp1252 is meant
        ("x-unknown", "8bit"),
        ("", "8bit"),
    ],
)
def test_a_body_is_read_in_its_encoding(charset: str, transfer: str) -> None:
    data = LETTER.encode("cp1252" if charset in ("windows-1252", "iso-8859-1") else "utf-8")
    coded = {"base64": base64.encodebytes, "quoted-printable": quopri.encodestring}
    body = coded.get(transfer, bytes)(data)
    kind = f"Content-Type: text/plain; charset={charset}" if charset else "MIME-Version: 1.0"
    draft = draft_of(message(body, kind, f"Content-Transfer-Encoding: {transfer}"))
    assert draft.blocks[-1].text == LETTER.strip()


def test_of_two_forms_the_plain_one_is_read_and_attachments_are_counted() -> None:
    body = (
        b"--x\nContent-Type: multipart/alternative; boundary=y\n\n"
        b"--y\nContent-Type: text/plain\n\nPlain words.\n--y\n"
        b"Content-Type: text/html\n\n<p>Marked words.</p>\n--y--\n"
        b"--x\nContent-Type: application/pdf\nContent-Disposition: attachment\n\n%PDF\n--x--\n"
    )
    draft = draft_of(message(body, 'Content-Type: multipart/mixed; boundary="x"'))
    assert [block.text for block in draft.blocks[1:]] == ["Plain words."]
    assert draft.repairs["attachments"] == 1


def test_the_mails_of_a_digest_are_comments_of_their_own() -> None:
    inner = b"--y\n\nFrom: %s\nSubject: %s\n\nWords of %s.\n"
    body = b"--x\n\nToday's topics\n--x\nContent-Type: multipart/digest; boundary=y\n\n"
    body += (
        inner % (b"Mo", b"One", b"Mo") + inner % (b"Tilda", b"Two", b"Tilda") + b"--y--\n--x--\n"
    )
    draft = draft_of(message(body, "Content-Type: multipart/mixed; boundary=x"))
    assert [name for _, name in headings(draft)] == ["Ana · 2015-07-18 07:00", "Mo", "Tilda"]


def test_a_mail_that_is_only_html_becomes_text_with_its_quotations() -> None:
    body = (
        b"<html><head><style>p {color: red}</style></head><body><div>So it is.</div>"
        b"<div>On 18.07.15 Mo wrote:<br></div><blockquote><p>Who owns\nthe&nbsp;boat?</p>"
        b"<blockquote>Nobody.</blockquote></blockquote><p>Not&#8230; I.</p></body></html>"
    )
    draft = draft_of(message(body, "Content-Type: text/html"))
    found = [(block.kind, block.level, block.text) for block in draft.blocks[1:]]
    assert found == [
        ("paragraph", 1, "So it is."),
        ("paragraph", 1, "On 18.07.15 Mo wrote:"),
        ("quote", 1, "Who owns the boat?"),
        ("quote", 2, "Nobody."),
        ("paragraph", 1, "Not… I."),
    ]


def test_flowed_lines_are_one_paragraph_each() -> None:
    body = b"The boat has \nlain here \nsince May.\n\n> Who \n> owns it?\n\nNobody.\n"
    draft = draft_of(message(body, "Content-Type: text/plain; format=flowed"))
    assert [block.text for block in draft.blocks[1:]] == [
        "The boat has lain here since May.",
        "Who owns it?",
        "Nobody.",
    ]


def test_what_stands_below_the_head_of_the_mail_answered_is_quoted() -> None:
    body = (
        b"The bank does.\n\n-----Original Message-----\nFrom: Mo Okafor [mailto:mo@hill.example]\n"
        b"Sent: Friday, July 17, 2015 7:54 PM\nTo: Rivers\nSubject: The boat\n\nWho owns it?\n"
    )
    draft = draft_of(message(body))
    assert [(block.kind, block.text) for block in draft.blocks[1:]] == [
        ("paragraph", "The bank does."),
        ("paragraph", "Mo Okafor, Friday, July 17, 2015 7:54 PM:"),
        ("quote", "Who owns it?"),
    ]


def test_mails_that_answer_each_other_in_a_circle_are_all_there() -> None:
    text = "".join(
        f"From a@b Sat Jul 18 0{at}:00:00 2015\nFrom: R{at} <a@b>\nMessage-ID: <{at}@b>\n"
        f"In-Reply-To: <{(at + 1) % 3}@b>\n\nWords {at}.\n\n"
        for at in range(3)
    )
    assert sorted(name for _, name in headings(draft_of(text))) == ["R0", "R1", "R2"]


def test_a_link_to_one_of_several_comments_of_the_same_head_names_its_section() -> None:
    text = "".join(
        f"From a@b Sat Jul 18 0{at}:00:00 2015\nFrom: Ana <a@b>\nMessage-ID: <{at}@b>\n{more}\n"
        f"Words {at}.\n\n"
        for at, more in enumerate(("", "", "In-Reply-To: <1@b>\n"))
    )
    assert "↳ [[#ana-2|Ana]]" in render_body(draft_of(text))


def test_mails_printed_below_each_other_are_a_thread_and_a_text_is_no_mail(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    one = "From: Ana\nDate: Sat, 18 Jul 2015 07:00:02 +0200\nSubject: The boat\n\nWords here.\n\n"
    path.write_text(one * 2, encoding="utf-8")
    assert read(path).format == "thread"
    assert container(b"From 1914 to 1918\nnothing: was built.\n") is None
    assert container(b"From: a friend\nTo: another\n\nWords.\n") is None


def test_a_mailbox_without_any_text_is_refused() -> None:
    with pytest.raises(CannotImport, match="no mail with text"):
        draft_of(message(b""))


LINES = (
    *("From a@b Sat Jul 18 07:00:00 2015", "From: A <a@b>", "Date: never", "Subject: =?x?q?=41?="),
    *("Content-Type: multipart/mixed; boundary=x", "Content-Type: text/html; charset=nul\0l"),
    *("Content-Transfer-Encoding: base64", "Content-Type: message/rfc822", "--x", "--x--", "", ""),
    *("References: <a@b> <a@b>", "Message-ID: <a@b>", "In-Reply-To: <a@b>", " folded", "> quoted"),
    *(
        "On May 3, Ana",
        "Ana wrote:",
        "-- ",
        "<blockquote>",
        "</p>",
        "<!--",
        "&#27;[31m",
        "=41=",
        "word",
    ),
    *(
        "-----Original Message-----",
        "_" * 40,
        "MO> so",
        "\x1b[31m",
        "Content-Type: text/plain; format=flowed",
    ),
)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(LINES), max_size=60), st.binary(max_size=30))
def test_no_mailbox_does_anything_but_come_in_or_be_refused(lines: list[str], end: bytes) -> None:
    data = b"From a@b Sat Jul 18 07:00:00 2015\nFrom: a\n" + "\n".join(lines).encode() + end
    try:
        body = render_body(mail.read(data, "x"))
    except CannotImport:
        return
    assert body.startswith("# ")
    assert "\x1b" not in body


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet="<>/!-pb ascript&#;x\n", max_size=200))
def test_no_html_breaks_the_reading_of_a_mail(source: str) -> None:
    assert "<p>" not in text_of_html(source)


HOSTILE = {
    "parts in parts": b"".join(
        b"Content-Type: multipart/mixed; boundary=%d\n\n--%d\n" % (at, at) for at in range(4000)
    ),
    "open comments": b"Content-Type: text/html\n\n" + b"<!-- <a <" * 20_000,
    "references": b"References: " + b"<a@b> " * 40_000 + b"\n\nwords\n",
    "a long chain": b"\n\n".join(
        b"From a@b Sat Jul 18 07:00:00 2015\nFrom: A\nMessage-ID: <%d@b>\nIn-Reply-To: <%d@b>\n\nw"
        % (at, at - 1)
        for at in range(3_000)
    ),
}


@pytest.mark.parametrize("name", sorted(HOSTILE))
def test_a_hostile_mailbox_is_read_in_time(name: str) -> None:
    begin = time.process_time()
    head = b"From a@b Sat Jul 18 07:00:00 2015\nFrom: a\n"
    with suppress(CannotImport):
        render_body(mail.read(head + HOSTILE[name], "x"))
    assert time.process_time() - begin < 10
