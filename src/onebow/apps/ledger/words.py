"""Words for the codes that entries hold: each app says those of its own kinds, the ledger knows none of them."""

from collections.abc import Callable, Iterable, Mapping

from onebow.apps.ledger.kinds import BY_KEY

# Known from the start, or looked up when a page has such an entry.
Words = Mapping[str, str] | Callable[[], Mapping[str, str]]

_SAID: dict[tuple[str, str], Words] = {}


def say(kinds: Iterable[str], field: str, words: Words) -> None:
    """Say what the codes in a field of some kinds mean.

    Raises:
        KeyError: a kind that does not exist, or that has no such field.
    """
    for kind in kinds:
        if field not in {one.key for one in BY_KEY[kind].fields}:
            raise KeyError(f"{kind} has no field {field}")
        _SAID[kind, field] = words


class Dictionary:
    """The words that a page needs; what must be looked up is looked up once."""

    def __init__(self) -> None:
        self._found: dict[tuple[str, str], Mapping[str, str]] = {}

    def word(self, kind: str, field: str, code: str) -> str:
        """What a code means; the code itself where nothing is said of it."""
        if (kind, field) not in self._found:
            self._found[kind, field] = self._read(_SAID.get((kind, field), {}))
        return self._found[kind, field].get(code, code)

    def _read(self, words: Words) -> Mapping[str, str]:
        if not callable(words):
            return words
        known = next((found for key, found in self._found.items() if _SAID.get(key) is words), None)
        return words() if known is None else known
