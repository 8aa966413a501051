"""The benchmarks run, and say something about everything: no figure is judged here."""

import json
import sys

import pytest
from click.testing import CliRunner

from benchmarks.__main__ import main
from benchmarks.corpus import Corpus
from benchmarks.engines.choice import choice
from benchmarks.queries import Questions
from benchmarks.registry import TABLES
from benchmarks.table import Row, Table


@pytest.mark.parametrize("name", TABLES)
def test_every_table_prints_all_its_rows_on_a_tiny_study(name: str) -> None:
    done = CliRunner().invoke(main, [name, "--sections", "20", "--seconds", "0", "--json"])
    assert done.exit_code == 0, done.output
    tables = json.loads(done.stdout)["tables"]
    assert tables
    for table in tables:
        assert table["rows"]
        for row in table["rows"]:
            assert row["figures"][table["columns"][0]] >= 0, row["what"]


def test_engines_that_are_not_installed_are_named_as_left_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "tantivy", None)
    monkeypatch.delitem(sys.modules, "benchmarks.engines.tantivy_engine", raising=False)
    engines, left_out = choice(1_000, slow=False)
    assert "tantivy" not in engines
    assert "tantivy, which is not installed" in left_out[0]


def test_a_table_compares_with_the_first_column_and_tells_a_missed_budget() -> None:
    rows = [Row("search", "ms", {"ours": 20.0, "other": 50.0}, budget=15.0), Row("size", "MB", {})]
    head, _, search, size = Table("t", ["ours", "other"], rows).lines()
    assert head.split() == ["t", "ours", "other", "budget"]
    assert " ".join(search.split()) == "search 20.0 ms 50.0 ms ×2.5 15.0 ms missed"
    assert size.split() == ["size", "–", "–"]


def test_a_study_and_what_is_asked_of_it_are_the_same_for_one_seed() -> None:
    once, again = Corpus(4, seed=3), Corpus(4, seed=3)
    assert list(once.documents()) == list(again.documents())
    assert Questions(once).typed(5) == Questions(again).typed(5)
    assert list(Corpus(4, seed=4).documents()) != list(once.documents())


def test_an_edit_changes_one_document_of_one_source() -> None:
    corpus = Corpus(4)
    before = corpus.sources[0]
    after = corpus.edited(before.key)
    assert corpus.sources[0] is after
    assert after.digest != before.digest
    pairs = list(zip(before.documents(), after.documents(), strict=True))
    assert sum(old != new for old, new in pairs) == 1
