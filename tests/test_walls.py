"""The walls between the rooms, and what a quick command may load."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from importlinter.cli import EXIT_STATUS_SUCCESS, lint_imports

from tests import builders

ROOT = Path(__file__).resolve().parent.parent

LOADED = """\
import json, sys
from studygroup.cli.main import main
try:
    main(sys.argv[1:])
except SystemExit as done:
    print(json.dumps([done.code, sorted(sys.modules)]), file=sys.stderr)
"""


def test_no_import_crosses_a_wall(capsys: pytest.CaptureFixture[str]) -> None:
    status = lint_imports(config_filename=str(ROOT / "pyproject.toml"), no_cache=True)
    assert status == EXIT_STATUS_SUCCESS, capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "heavy"),
    [
        (["--version"], {"textual", "whoosh", "rich", "yaml", "markdown_it", "rapidfuzz"}),
        (["--help"], {"textual", "whoosh", "rich", "yaml", "markdown_it", "rapidfuzz"}),
        (["outline"], {"textual", "whoosh", "ftfy", "platformdirs"}),
        (["check"], {"textual", "whoosh", "ftfy"}),
    ],
)
def test_a_quick_command_loads_nothing_heavy(
    arguments: list[str], heavy: set[str], tmp_path: Path
) -> None:
    root = builders.quote_faithfully(builders.walk_study(tmp_path / "study"))
    assert set(loaded(root, arguments)) & heavy == set()


def test_a_study_that_is_known_needs_no_parser(tmp_path: Path) -> None:
    root = builders.walk_study(tmp_path / "study")
    parsers = {"markdown_it", "yaml"}
    assert parsers <= set(loaded(root, ["outline"]))
    heavy = {
        *parsers,
        "rapidfuzz",
        "studygroup.core.finding.finder",
        "studygroup.core.meeting.session",
    }
    assert set(loaded(root, ["outline"])) & heavy == set()


def test_the_text_is_shown_before_a_session_is_loaded() -> None:
    code = "import sys, studygroup.tui.app\nprint(*sys.modules)"
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    heavy = {
        "studygroup.core.finding.search",
        "studygroup.core.meeting.session",
        "studygroup.tui.dictation",
        "textual.widgets._text_area",
        "whoosh",
        "yaml",
    }
    assert set(done.stdout.split()) & heavy == set()


def loaded(root: Path, arguments: list[str]) -> list[str]:
    """Run a command in a process of its own and return the modules that it loaded."""
    done = subprocess.run(
        [sys.executable, "-c", LOADED, "--study", str(root), *arguments],
        capture_output=True,
        text=True,
        check=True,
    )
    code, modules = json.loads(done.stderr.splitlines()[-1])
    assert code == 0
    return list(modules)
