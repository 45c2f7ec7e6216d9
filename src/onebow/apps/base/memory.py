"""The cycle collector: at rest where objects stay alive anyway."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

# Young objects before a collection: a page makes tens of thousands, nearly all of which go as soon as it was sent.
YOUNG = 10_000


def settle() -> None:
    """Take what start-up made out of every later collection: a serving process walked over it for 7 % of each page."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG, 20, 50)


@contextmanager
def without_collection() -> Iterator[None]:
    """Keep the cycle collector from walking over all of them again and again: a third of a large import's time."""
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()
