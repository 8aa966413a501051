"""The way back through the places a reader jumped from."""

from studygroup.core.workspace import Position
from studygroup.tui.trail import Stand, Trail
from studygroup.tui.widgets.sheet import Sheet

A, B, C = (Stand(Position("walk", section), Sheet()) for section in "abc")


def test_one_goes_back_the_way_one_came_and_forward_again() -> None:
    trail = Trail()
    trail.leave(A)
    trail.leave(B)
    assert trail.travel(C, -1) == B
    assert trail.travel(B, -1) == A
    assert trail.travel(A, -1) is None
    assert trail.travel(A, 1) == B
    assert trail.travel(B, 1) == C
    assert trail.travel(C, 1) is None


def test_one_place_with_another_pane_in_focus_is_a_step_of_its_own() -> None:
    trail, in_other_pane = Trail(), Stand(A.place, B.focus)
    trail.leave(A)
    trail.leave(A)
    assert trail.travel(in_other_pane, -1) == A
    assert trail.travel(A, -1) is None
