"""A rule says no: in one Chinese sentence for the person who asked."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any


class Refused(Exception):
    """A rule or the state of things does not allow what was asked. The text is shown to the user.

    `fresh` gives hidden fields of the form their present values, where sending it again shall be possible.
    `lines` names each thing that stands in the way, where many were asked for at once.
    """

    def __init__(self, text: str, *, fresh: Mapping[str, int] | None = None, lines: Sequence[str] = ()) -> None:
        super().__init__(text)
        self.lines = tuple(lines)
        self.fresh = dict(fresh or {})


def allowed(check: Callable[..., None], *args: Any) -> bool:
    """Whether a rule (`check_can_…`) lets it pass; for pages that hide what one may not do."""
    try:
        check(*args)
    except Refused:
        return False
    return True
