"""The way back through the places a reader jumped from."""

from studygroup.core.workspace import Position
from studygroup.tui.trail import Trail

A, B, C = (Position("walk", section) for section in "abc")


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


def test_a_new_jump_ends_the_way_forward() -> None:
    trail = Trail()
    trail.leave(A)
    assert trail.travel(B, -1) == A
    trail.leave(A)
    assert trail.travel(C, 1) is None
    assert trail.travel(C, -1) == A
