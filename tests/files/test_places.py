import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import platformdirs
import pytest

from studygroup.files.places import user_folder

FOLDERS: dict[str, Callable[[str], Path]] = {
    "state": platformdirs.user_state_path,
    "cache": platformdirs.user_cache_path,
    "data": platformdirs.user_data_path,
}
VARIABLES = ("XDG_STATE_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME")


@pytest.mark.parametrize("given", [None, "", " ", "/elsewhere"])
@pytest.mark.parametrize("kind", FOLDERS)
def test_the_users_folders_are_those_of_the_system(
    kind: str, given: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("STUDYGROUP_HOME")
    for name in VARIABLES:
        if given is None:
            monkeypatch.delenv(name, raising=False)
        else:
            monkeypatch.setenv(name, given)
    assert user_folder(kind) == FOLDERS[kind]("studygroup")


@pytest.mark.skipif(os.name == "nt" or sys.platform == "darwin", reason="its folders are others")
def test_naming_the_users_folders_does_not_need_the_library_for_it() -> None:
    environment = {k: v for k, v in os.environ.items() if k != "STUDYGROUP_HOME"}
    code = (
        "import sys; from studygroup.files.places import user_folder; user_folder('state');"
        "assert 'platformdirs' not in sys.modules"
    )
    assert subprocess.run([sys.executable, "-c", code], env=environment).returncode == 0
