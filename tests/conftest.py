"""Fixtures that several rooms share."""

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# A busy machine is no reason to fail: these tests are about what is right, not about speed.
settings.register_profile(
    "any-machine", deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("any-machine")


@pytest.fixture(scope="session")
def seeds() -> Path:
    """The folder of real documents named by STUDYGROUP_SEEDS; without it, seed tests skip."""
    folder = os.environ.get("STUDYGROUP_SEEDS")
    if not folder:
        pytest.skip("STUDYGROUP_SEEDS is not set: the real documents are not part of the project")
    path = Path(folder).resolve()
    assert path.is_dir(), f"STUDYGROUP_SEEDS names no folder: {path}"
    return path


@pytest.fixture(autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A private folder for state, cache and data, so that no test touches the user's own."""
    folder = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("STUDYGROUP_HOME", str(folder))
    monkeypatch.setenv("STUDYGROUP_READER", "ana")
    monkeypatch.delenv("STUDYGROUP_STUDY", raising=False)
    return folder


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the longest test, so that no process waits for it in the end."""
    items.sort(key=lambda item: item.path.name != "test_kills.py")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Show what tests want told also when they pass: how much they tried, and with what result."""
    for outcome in ("passed", "failed"):
        for report in terminalreporter.stats.get(outcome, []):
            for name, told in report.user_properties:
                if name == "told":
                    terminalreporter.write_line(str(told))
