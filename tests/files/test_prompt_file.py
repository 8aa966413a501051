import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from studygroup.core.errors import CannotWrite, StudyError
from studygroup.core.study_files import NewPrompt
from studygroup.files.prompt_file import parse_prompts, with_prompt
from tests import builders

PATH = "questions/walk.yaml"


def test_all_fields_and_their_defaults() -> None:
    prompts, problems = parse_prompts(builders.WALK_PROMPTS, "walk", PATH)
    assert problems == []
    first, second = prompts
    assert (first.id, first.kind, first.phase, first.minutes) == (
        "lock-why",
        "factual",
        "opening",
        5,
    )
    assert first.follow_ups == ("Who could?",)
    assert (second.id, second.kind, second.phase) == ("who-pays-for-what", "interpretive", "core")
    assert (second.wanted, second.by, second.place.line) == ("THE BRIDGE", "ana", 11)


def test_a_bare_list_under_headings_is_fine() -> None:
    text = 'prompts:\n  "1. The lock":\n    - Why?\n    - ask: Who?\n      minutes: 3\n'
    prompts, problems = parse_prompts(text, "walk", PATH)
    assert problems == []
    assert [(p.ask, p.wanted, p.reading) for p in prompts] == [
        ("Why?", "1. The lock", "walk"),
        ("Who?", "1. The lock", "walk"),
    ]


@pytest.mark.parametrize(
    ("item", "sentence"),
    [
        ("- section: x", "walk.yaml:2: a prompt needs “ask”: the question itself"),
        ("- {ask: a, kind: silly}", "walk.yaml:2: “kind” must be one of"),
        ("- {ask: a, minutes: soon}", "walk.yaml:2: “minutes” must be a whole number"),
        ("- {ask: a, minuets: 3}", "walk.yaml:2: unknown field “minuets”. Known: id, section"),
        ("- {ask: [a]}", "walk.yaml:2: “ask” must be text"),
    ],
)
def test_a_bad_prompt_is_a_problem_and_the_others_are_read(item: str, sentence: str) -> None:
    prompts, problems = parse_prompts(f"prompts:\n  {item}\n  - Good?\n", "walk", PATH)
    assert [p.ask for p in prompts] == ["Good?"]
    assert sentence in str(problems[0])


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("prompts: Why?", r"walk\.yaml:1: “prompts” must be a list"),
        ("- Why?", r"walk\.yaml:1: a prompts file must be fields"),
        ("prompts: [" * 30, r"walk\.yaml:\d+: "),
        ("a: 1\n---\nb: 2", r"walk\.yaml"),
        ("prompts:\n\t- x", r"walk\.yaml:2: not valid YAML"),
    ],
)
def test_a_file_that_cannot_be_read_says_where(text: str, sentence: str) -> None:
    with pytest.raises(StudyError, match=sentence):
        parse_prompts(text, "walk", PATH)


@pytest.mark.parametrize("loader", ["CSafeLoader", "SafeLoader"])
@pytest.mark.parametrize("opening", ["[", "{a: ", "- ", "? ", "[\n"])
@pytest.mark.parametrize("depth", [30, 900, 1_100, 20_000])
def test_deep_nesting_is_refused_in_the_same_words_whichever_part_of_the_parser_meets_it(
    loader: str, opening: str, depth: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not hasattr(yaml, loader):
        pytest.skip("this PyYAML was built without libyaml")
    monkeypatch.setattr("studygroup.files.yaml_lines._Loader", getattr(yaml, loader))
    line = 22 if "\n" in opening else 1
    with pytest.raises(StudyError, match=rf"walk\.yaml:{line}: nested deeper than 20 levels$"):
        parse_prompts(opening * depth, "walk", PATH)


def new(ask: str = "Is it: so?", section: int | None = 2) -> NewPrompt:
    walk = builders.reading()
    part = None if section is None else walk.sections[section]
    return NewPrompt(walk, part, ask, "evaluative", "closing", 7, "ben")


@pytest.mark.parametrize(
    "old",
    [
        "",
        "reading: walk\n",
        "prompts:\n",
        builders.WALK_PROMPTS,
        builders.WALK_PROMPTS.rstrip("\n"),
        "prompts:\n- Why? # a comment\n\n# the end\n",
        "prompts:\n  - Why?\nreading: walk\n",
        'prompts:\n  "1. The lock":\n    - Why?\n',
        "prompts:\n  The bridge:\n    - Why?\n  The lock:\n    - Who?\n",
        "prompts:\n  The lock:\n    - Who?\n  2-the-bridge:\n    - Why?\n",
    ],
)
@pytest.mark.parametrize("section", [2, None])
def test_a_new_prompt_is_added_and_no_other_line_changes(old: str, section: int | None) -> None:
    after = with_prompt(old, new(section=section), PATH)
    remaining = iter(after.splitlines())
    assert all(line in remaining for line in old.splitlines())  # in order
    before, _ = parse_prompts(old, "walk", PATH) if old else ([], [])
    prompts, problems = parse_prompts(after, "walk", PATH)
    assert problems == []
    assert len(prompts) == len(before) + 1
    added = next(p for p in prompts if p.ask == "Is it: so?")
    assert (added.kind, added.phase, added.minutes, added.by) == ("evaluative", "closing", 7, "ben")


def test_a_layout_without_a_place_is_refused_and_says_what_to_do() -> None:
    with pytest.raises(CannotWrite, match="Write each prompt on lines of its own"):
        with_prompt("prompts: [Why?]\n", new(), PATH)


@given(st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=40))
def test_any_question_reads_back_as_it_was_asked(ask: str) -> None:
    prompts, problems = parse_prompts(with_prompt("", new(ask), PATH), "walk", PATH)
    assert problems == []
    assert prompts[0].ask == " ".join(ask.split())


def test_windows_line_ends_are_kept() -> None:
    old = builders.WALK_PROMPTS.replace("\n", "\r\n")
    after = with_prompt(old, new(), PATH)
    assert after.startswith(old)
    assert after.count("\n") == after.count("\r\n")


def test_a_prompt_that_could_not_be_read_back_is_refused() -> None:
    walk = builders.reading()
    with pytest.raises(CannotWrite):
        with_prompt("", NewPrompt(walk, walk.sections[1], "Why?", minutes=700), PATH)
