from studygroup.index.kept import Kept


class Shelf:
    """Something kept in 100 bytes, each value 10, and what had to be made."""

    def __init__(self) -> None:
        self.kept = Kept(100)
        self.made: list[str] = []

    def get(self, key: str) -> str:
        def make() -> str:
            self.made.append(key)
            return key.upper()

        return self.kept.get(key, make, lambda _: 10)


def test_what_is_kept_is_made_once() -> None:
    shelf = Shelf()
    assert [shelf.get("a"), shelf.get("b"), shelf.get("a")] == ["A", "B", "A"]
    assert shelf.made == ["a", "b"]


def test_what_was_not_asked_for_lately_goes_first() -> None:
    shelf = Shelf()
    for key in "abcdefghijklmnopqrstuvwxyz":
        shelf.get("a")
        shelf.get(key)
    assert shelf.made.count("a") == 1
    shelf.get("b")
    assert shelf.made.count("b") == 2


def test_what_is_dropped_is_made_again() -> None:
    shelf = Shelf()
    shelf.get("a")
    shelf.kept.drop("a")
    shelf.get("a")
    assert shelf.made == ["a", "a"]
