"""Dates in figures are written one way where all of a thread together tell what the day is."""

import pytest

from studygroup.importers import thread
from studygroup.importers.comment_dates import settled


@pytest.mark.parametrize(
    ("dates", "written"),
    [
        (["3/4/2013", "22/4/2013 - 14:14"], ["2013-04-03", "2013-04-22 14:14"]),
        (["4/3/2013 9:15 pm", "4/22/13"], ["2013-04-03 21:15", "2013-04-22"]),
        (["Sat, 22/09/2012 - 14:14"], ["2012-09-22 14:14"]),
        (["3.4.2013, 7:03"], ["2013-04-03 07:03"]),
        (["3/4/2013", "5/6/2013"], ["3/4/2013", "5/6/2013"]),
        (["22/4/2013", "4/22/2013"], ["22/4/2013", "4/22/2013"]),
        (
            ["99/99/2013", "2 days ago", "", "2013-04-03"],
            ["99/99/2013", "2 days ago", "", "2013-04-03"],
        ),
    ],
)
def test_one_date_tells_the_day_for_all(dates: list[str], written: list[str]) -> None:
    assert settled(dates) == written


def test_a_thread_with_dates_in_figures_has_them_in_its_headings_and_a_year() -> None:
    text = "On ferries\n\nTilda | 3/4/2013\nThe boat.\n\nMo | 22/4/2013\nAnd the river?\n"
    draft = thread.read(text, "a thread")
    assert [b.text for b in draft.blocks if b.kind == "heading"] == [
        "Tilda · 2013-04-03",
        "Mo · 2013-04-22",
    ]
    assert draft.year == 2013
