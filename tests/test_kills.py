"""A thousand recording programs are killed, wherever they are: nothing acknowledged is lost."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

KILLS = 1000


def test_no_acknowledged_entry_is_lost_in_a_thousand_kills(
    record_property: Callable[[str, object], None],
) -> None:
    command = [sys.executable, "-m", "tests.kill_rounds", str(KILLS)]
    root = Path(__file__).parents[1]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, timeout=900)
    assert done.stderr == ""
    result = json.loads(done.stdout)
    seed = result.pop("seed")
    lost = result.pop("lost", "nothing")
    counted = ", ".join(f"{count} {what}" for what, count in result.items())
    record_property("told", f"kill test: {lost} lost (seed {seed}): {counted}")
    assert lost == "nothing", f"python -m tests.kill_rounds {KILLS} {seed}: {lost}"
    assert result["kills"] >= KILLS
    assert result["acknowledged"] >= KILLS
