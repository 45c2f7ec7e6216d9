"""What may be written down about a failure: where it happened and of which kind, not what was in the data."""

import logging
import traceback
from collections.abc import Callable
from functools import wraps
from types import TracebackType
from typing import ParamSpec, TypeVar

from django.db import OperationalError

Given = ParamSpec("Given")
Result = TypeVar("Result")
# Their words speak of the machine and of our code. Those of others may quote a row: PostgreSQL tells the whole of it.
HARMLESS = (OperationalError, OSError, ImportError, AttributeError, NameError, RecursionError)


def told(error: BaseException) -> str:
    """An error in a line, without what it may quote of the data."""
    name = f"{type(error).__module__}.{type(error).__qualname__}".removeprefix("builtins.")
    return f"{name}: {error}" if isinstance(error, HARMLESS) else name


class DiscreetFormatter(logging.Formatter):
    """Tracebacks as usual (places and lines of code), each error told in a line of `told`."""

    def formatException(  # noqa: N802 (the name is the library's)
        self, ei: tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]
    ) -> str:
        """The errors that led to one another, the first one on top."""
        parts: list[str] = []
        error, seen = ei[1], set[int]()
        while error is not None and id(error) not in seen:
            seen.add(id(error))
            parts.insert(0, "".join(traceback.format_tb(error.__traceback__)) + told(error))
            error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
        return "\n\n".join(parts)


class TaskFailed(Exception):
    """A background task failed; its queue keeps this text in the database, so it quotes nothing."""


def discreet(task: Callable[Given, Result]) -> Callable[Given, Result]:
    """A background task whose failure is kept by place and kind alone."""

    @wraps(task)
    def run(*args: Given.args, **kwargs: Given.kwargs) -> Result:
        try:
            return task(*args, **kwargs)
        except Exception as error:
            raise TaskFailed(told(error)).with_traceback(error.__traceback__) from None

    return run
