"""Archives of lists leave out what mailboxes have: blank lines, encodings, parts, whole names."""

from __future__ import annotations

import base64

import pytest

from studygroup.core.draft import Draft
from studygroup.importers import mail
from studygroup.importers.containers import container
from studygroup.importers.mail_encodings import as_sent
from studygroup.importers.render import render_body


def draft_of(text: str) -> Draft:
    data = text.encode()
    assert container(data) == "mail"
    return mail.read(data, "an archive")


def headings(draft: Draft) -> list[str]:
    return [block.text for block in draft.blocks if block.kind == "heading"]


def said(draft: Draft) -> list[tuple[str, str]]:
    return [(b.kind, b.text) for b in draft.blocks if b.kind in ("paragraph", "quote")]


def archived(body: str, *, name: str = "Tilda Kern", at: str = "07:00:02", id: str = "a") -> str:
    return (
        f"From tk at ferry.example  Sat Jul 18 {at} 2015\n"
        f"From: tk at ferry.example ({name})\nDate: Sat, 18 Jul 2015 {at} +0200\n"
        f"Subject: The boat\nMessage-ID: <{id}@ferry.example>\n\n{body}"
    )


def test_a_mail_begins_with_its_head_where_no_blank_line_stands_above_it() -> None:
    draft = draft_of(archived("Who owns it?\n") + archived("The bank.\n", name="Mo", id="b"))
    assert headings(draft) == ["Tilda Kern · 2015-07-18 07:00", "Mo · 2015-07-18 07:00"]


def test_words_like_those_that_begin_a_mail_are_words_where_no_head_is_below() -> None:
    body = "See\nFrom tk at ferry.example  Sat Jul 18 07:00:02 2015\nnote: it was late.\n"
    assert len(headings(draft_of(archived(body)))) == 1


def test_old_archives_have_the_year_before_the_time_and_addresses_beside_names() -> None:
    one = (
        "From {0}@ferry.example Sat, 12 Jun 1999 02:5{1}:14 -0400 (EDT)\n"
        "Date: Sat, 12 Jun 1999 02:5{1}:14 -0400 (EDT)\n"
        "From: Tilda Kern {0}@ferry.example\nSubject: [rivers] The boat\n\nWords number {1}.\n\n"
    )
    draft = draft_of(one.format("tilda", 1) + one.format("tilda", 2))
    assert headings(draft) == ["Tilda Kern · 1999-06-12 02:51", "Tilda Kern · 1999-06-12 02:52"]


def test_a_mail_that_an_archive_has_twice_comes_in_once() -> None:
    whole = archived("Who owns it?\n\n") + archived("The bank.\n\n", id="b", at="07:01:00")
    draft = draft_of(whole + whole)
    assert len(headings(draft)) == 2
    assert draft.repairs["copies"] == 2


BODY = "Who owns the boat?  It has lain at the landing since the flood, and nobody asks.\n" * 3


@pytest.mark.parametrize(
    "body",
    [
        base64.encodebytes(BODY.encode()).decode(),
        BODY.replace("flood, and", "flood, =\nand").replace("nobody ", "nobody=20\n"),
    ],
)
def test_a_body_is_decoded_that_an_archive_keeps_as_it_was_sent(body: str) -> None:
    text = render_body(draft_of(archived(body)))
    assert "lain at the landing since the" in " ".join(text.split())
    assert "=20" not in text


@pytest.mark.parametrize(
    "body", [b"One word\n", b"x = 3\ny = 4D\n", b"abcdefghijklmnopqrstuvwxyz\n", b"", b"=\n"]
)
def test_a_body_that_only_looks_encoded_stays_as_it_is(body: bytes) -> None:
    assert as_sent(body) == body


def test_parts_are_told_apart_though_the_head_does_not_name_their_boundary() -> None:
    body = (
        "--xYz\nContent-Type: text/plain; charset=us-ascii\n\nA patch is attached.\n\n"
        "--xYz\nContent-Type: application/octet-stream\nContent-Disposition: attachment\n\n0101\n"
        "--xYz--\n"
    )
    draft = draft_of(archived(body))
    assert said(draft) == [("paragraph", "A patch is attached.")]
    assert draft.repairs["attachments"] == 1


def test_what_an_archive_says_of_attachments_it_took_out_is_left_out() -> None:
    body = (
        "The plan is attached.\n-------------- next part --------------\n"
        "An HTML attachment was scrubbed...\n"
        "URL: <http://ferry.example/attachments/20150718/5d5c4a0b/attachment.html>\n"
        "-------------- next part --------------\nAnd this was a part in plain text.\n"
    )
    draft = draft_of(archived(body))
    texts = " ".join(text for _, text in said(draft))
    assert "scrubbed" not in texts
    assert "attachment.html" not in texts
    assert "And this was a part in plain text." in texts


def test_marks_of_quotation_without_a_space_behind_them_are_marks() -> None:
    body = "Mo wrote:\n>There are two:\n>- the boat\n>2 oars\n\nThree, I think.\n"
    kinds = said(draft_of(archived(body)))
    assert ("paragraph", "Three, I think.") in kinds
    assert not any(">" in text for _, text in kinds)


def test_a_copied_head_that_goes_on_over_several_lines_is_a_head() -> None:
    body = (
        "I want to row.\n\n-----Original Message-----\nFrom: rivers-admin at ferry.example\n"
        "[mailto:rivers-admin at ferry.example] On Behalf Of Mo\nOkafor\n"
        "Sent: Monday, November 12, 2001 7:10 AM\nTo: rivers at ferry.example\n"
        "Subject: The boat\n\nWho rows?\n"
    )
    kinds = said(draft_of(archived(body)))
    assert kinds[0] == ("paragraph", "I want to row.")
    assert kinds[-1] == ("quote", "Who rows?")
    assert not any("Original Message" in text or "Subject" in text for _, text in kinds)


def test_what_is_quoted_is_joined_as_its_own_program_broke_it() -> None:
    own = "".join(f"Line {number}.\n\n" for number in range(14))
    quoted = (
        "> Who owns the boat? It has lain at the landing since the flood, and nobody\n> asks.\n"
    )
    assert (
        "quote",
        "Who owns the boat? It has lain at the landing since the flood, and nobody asks.",
    ) in said(draft_of(archived(f"{own}{quoted}\nMe.\n")))
