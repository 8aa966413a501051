"""What people make of a generated file survives every time that it is generated again."""

from hypothesis import given, settings
from hypothesis import strategies as st

from studygroup.export.blocks import Block, merge

ONE, TWO, THREE = Block("one", "1st\n\n- x"), Block("two", "2nd"), Block("three", "3rd")


def test_exporting_again_without_changes_changes_nothing() -> None:
    first = merge("", [ONE, TWO]).text
    assert merge(first, [ONE, TWO]).text == first


def test_text_outside_the_blocks_survives_and_blocks_follow_the_session() -> None:
    first = merge("", [ONE, THREE]).text
    begin = "<!-- studygroup:begin three"
    edited = "Dear all,\n\n" + first.replace(begin, f"And:\n\n{begin}") + "PS\n"
    again = merge(edited, [Block("one", "1st, longer"), TWO, THREE])
    assert (again.kept, again.left_out) == ((), ())
    order = ["Dear all,", "1st, longer", "2nd", "And:", "3rd", "PS"]
    places = [again.text.index(part) for part in order]
    assert places == sorted(places)
    assert "- x" not in again.text


def test_a_new_block_comes_behind_its_nearest_forerunner_in_a_file_of_another_order() -> None:
    old = merge("", [ONE, THREE, TWO]).text
    four = Block("four", "4th")
    again = merge(old, [ONE, TWO, THREE, four]).text
    assert again.index("3rd") < again.index("4th") < again.index("2nd")


def test_a_block_that_was_edited_is_left_alone_and_named_every_time() -> None:
    edited = merge("", [ONE, TWO]).text.replace("2nd", "our own second")
    for _ in range(3):
        done = merge(edited, [ONE, Block("two", "2nd, longer")])
        assert done.kept == ("two",)
        assert "our own second" in done.text
        assert "longer" not in done.text
        edited = done.text


def test_a_block_that_was_removed_is_not_brought_back() -> None:
    first = merge("", [ONE, TWO]).text
    removed = first[first.index("<!-- studygroup:begin two") : first.index("<!-- studygroup:dig")]
    cut = first.replace(removed, "")
    for _ in range(2):
        done = merge(cut, [ONE, TWO, THREE])
        assert done.left_out == ("two",)
        assert "2nd" not in done.text
        assert "3rd" in done.text
        cut = done.text


def test_a_part_comes_back_when_it_is_deleted_with_the_last_line() -> None:
    edited = merge("", [ONE, TWO]).text.replace("1st", "ours")
    cut = edited[: edited.index("<!-- studygroup:begin two")]
    again = merge(cut, [ONE, Block("two", "2nd, made anew")])
    assert again.kept == ("one",)
    assert again.left_out == ()
    assert "2nd, made anew" in again.text


def test_an_edited_block_whose_subject_is_gone_is_kept_and_an_unedited_one_is_not() -> None:
    first = merge("", [ONE, TWO, THREE]).text.replace("2nd", "mine")
    done = merge(first, [ONE])
    assert "mine" in done.text
    assert "3rd" not in done.text
    assert done.kept == ("two",)


def test_a_file_whose_digests_were_removed_loses_nothing() -> None:
    first = merge("", [ONE, TWO]).text
    bare = first[: first.index("<!-- studygroup:digests")].replace("2nd", "mine")
    done = merge(bare, [ONE, TWO])
    assert done.kept == ("two",)
    assert "mine" in done.text


def test_a_write_up_that_people_began_themselves_is_kept_above() -> None:
    done = merge("Our own minutes.\r\nTwo lines.\r\n", [ONE])
    begin = "Our own minutes.\r\nTwo lines.\r\n\r\n<!-- studygroup:begin one -->\r\n1st\r\n"
    assert done.text.startswith(begin)


def test_a_block_without_an_end_is_peoples_text() -> None:
    broken = merge("", [ONE, TWO]).text.replace("<!-- studygroup:end -->", "", 1)
    done = merge(broken, [ONE, TWO])
    assert "1st" in done.text
    assert done.left_out == ("one",)
    assert merge(done.text, [ONE, TWO]).text == done.text


def test_editors_that_trim_or_add_white_space_edit_nothing() -> None:
    first = merge("", [ONE, TWO]).text.replace("1st\n", "1st  \n").replace("\n", "\r\n")
    assert merge(first, [Block("one", "new"), TWO]).kept == ()


outside = st.lists(st.sampled_from(["Dear all,", "- a point", "", "  indented", "## Ours"]))


@given(st.lists(outside, min_size=3, max_size=3), st.lists(st.sampled_from([ONE, TWO, THREE])))
def test_no_line_that_people_wrote_is_ever_lost(
    between: list[list[str]], later: list[Block]
) -> None:
    parts = merge("", [ONE, TWO]).text.split("\n\n<!-- studygroup:", 2)
    file = "\n".join(between[0]) + "\n" + parts[0]
    for lines, part in zip(between[1:], parts[1:], strict=True):
        file += "\n" + "\n".join(lines) + "\n<!-- studygroup:" + part
    new = list(dict.fromkeys(later))
    done = merge(file, new).text
    wrote = [text_ for lines in between for text_ in lines if text_]
    assert [row for row in done.splitlines() if row in {*wrote}] == wrote


NAMES = ("one", "two", "three", "four")
versions = st.fixed_dictionaries({}, optional={name: st.integers(0, 2) for name in NAMES})
deeds = st.one_of(
    st.tuples(st.just("export"), versions),
    st.tuples(st.just("write"), st.integers(0, 40)),
    st.tuples(st.just("remove"), st.sampled_from(NAMES)),
    st.tuples(st.just("move up"), st.sampled_from(NAMES)),
    st.tuples(st.sampled_from(["save with CRLF", "save without last newline"]), st.none()),
)


@given(st.lists(deeds, max_size=12), versions)
@settings(max_examples=100, deadline=None)
def test_whatever_people_do_to_the_file_their_lines_stay_and_untouched_blocks_are_new(
    done: list[tuple[str, object]], last: dict[str, int]
) -> None:
    file, wrote, touched = "", set[str](), set[str]()
    for number, (deed, on) in enumerate(
        [("export", dict.fromkeys(NAMES, 0)), *done, ("export", last)]
    ):
        lines = file.splitlines()
        if deed == "export" and isinstance(on, dict):
            made = [Block(name, f"# {name}\n\n- {name} as of {v}") for name, v in on.items()]
            file = merge(file, made).text
            assert merge(file, made).text == file
        elif deed == "write" and isinstance(on, int) and lines:
            wrote.add(f"mine {number}")
            at = min(on, len(lines))
            touched |= {name for name, (first, end) in _blocks(lines).items() if first < at <= end}
            file = "\n".join([*lines[:at], f"mine {number}", *lines[at:]])
        elif deed in ("remove", "move up") and on in _blocks(lines):
            first, end = _blocks(lines)[str(on)]
            cut = lines[first : end + 1]
            wrote -= set(cut) if deed == "remove" else set()
            touched |= {str(on)} if deed == "remove" else set()
            file = "\n".join(
                [*(cut if deed == "move up" else []), *lines[:first], *lines[end + 1 :]]
            )
        elif deed == "save with CRLF":
            file = "\r\n".join(lines) + "\r\n"
        elif deed == "save without last newline":
            file = file.rstrip("\n")
    shown = file.splitlines()
    assert wrote <= set(shown)
    for name, version in last.items():
        assert shown.count(f"- {name} as of {version}") == 1 or name in touched


def _blocks(lines: list[str]) -> dict[str, tuple[int, int]]:
    """The first and last line of every block of the file."""
    found = {}
    for number, line in enumerate(lines):
        if line.startswith("<!-- studygroup:begin "):
            end = next(n for n in range(number, len(lines)) if ":end" in lines[n])
            found[line.split()[2]] = (number, end)
    return found
