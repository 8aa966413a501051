"""The wheel: what people install has everything inside and works on its own."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the unpacked wheel, as pip would lay it out."""
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, ROOT],
        check=True,
        capture_output=True,
    )
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "site")
    return folder / "site"


def test_every_module_stylesheet_and_template_is_inside(installed: Path) -> None:
    package = ROOT / "studygroup"
    wanted = {
        path.relative_to(ROOT).as_posix()
        for suffix in ("*.py", "*.tcss", "*.html", "*.css", "*.typ")
        for path in package.rglob(suffix)
    }
    there = {p.relative_to(installed).as_posix() for p in installed.rglob("*") if p.is_file()}
    assert wanted <= there
    assert not {name for name in there if name.startswith(("tests/", "benchmarks/"))}


def test_the_shipped_study_is_inside_and_sound(installed: Path, tmp_path: Path) -> None:
    environment = os.environ | {"PYTHONPATH": str(installed), "STUDYGROUP_HOME": str(tmp_path)}

    def studygroup(*arguments: str, code: int = 0) -> str:
        done = subprocess.run(
            [sys.executable, "-m", "studygroup", *arguments],
            cwd=tmp_path,
            env=environment,
            check=False,
            capture_output=True,
            text=True,
        )
        assert done.returncode == code, done.stderr
        return done.stdout

    demo = tmp_path / "demo"
    assert str(demo) in studygroup("demo", str(demo))
    # One of its readers quotes from memory, to show what becomes of that; else all is sound.
    checked = studygroup("--study", str(demo), "check", code=1)
    (problem,) = [line for line in checked.splitlines() if ": " in line]
    assert ": not word for word: “" in problem
    assert "2026-11-19" in studygroup("--study", str(demo), "session", "list")
    assert "anatomy-of-the-micro-sect" in studygroup("--study", str(demo), "outline")


def test_the_command_is_installed_under_its_name(installed: Path) -> None:
    (entry,) = installed.glob("*.dist-info/entry_points.txt")
    assert "studygroup = studygroup.__main__:main" in entry.read_text(encoding="utf-8")
