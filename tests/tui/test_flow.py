"""A paragraph as it is shown: footnote marks stand in it, and offsets lead there and back."""

from hypothesis import given
from hypothesis import strategies as st

from studygroup.core.reading import Span
from studygroup.tui.widgets.blocks import flow


@st.composite
def marked(draw: st.DrawFn) -> tuple[str, list[Span]]:
    """Draw a text with footnote marks at any places, several at one among them."""
    text = draw(st.text("ab c", min_size=1, max_size=30))
    places = draw(st.lists(st.integers(0, len(text)), max_size=5))
    labels = draw(st.lists(st.sampled_from(["1", "note"]), min_size=5, max_size=5))
    return text, [
        Span(at, at, "footnote", label) for at, label in zip(places, labels, strict=False)
    ]


@given(marked(), st.data())
def test_a_stretch_that_is_shown_is_found_again_in_the_plain_text(
    drawn: tuple[str, list[Span]], data: st.DataObject
) -> None:
    text, spans = drawn
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    shown = flow(text, spans)
    first, last = shown.shown(start, end)
    assert (shown.plain(first), shown.plain(last)) == (start, end)
