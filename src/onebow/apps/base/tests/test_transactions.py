"""Two services at once, on real connections."""

import threading
from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from django.db import connection

from onebow.apps.base.models import Submission
from onebow.apps.base.transactions import write, write_alone

pytestmark = pytest.mark.django_db(transaction=True)
Kind = Callable[[], AbstractContextManager[None]]


def second_waits(first: Kind, second: Kind) -> bool:
    """Whether the second transaction waits until the first, in which a row is written, is done."""
    order: list[str] = []
    begun, done = threading.Event(), threading.Event()

    def other() -> None:
        try:
            begun.set()
            with second():
                order.append(f"second sees {Submission.objects.count()}")
        finally:
            connection.close()
            done.set()

    thread = threading.Thread(target=other)
    with first():
        Submission.objects.create(key="a", user_id=1)
        thread.start()
        begun.wait()
        done.wait(0.3)
        order.append("first ends")
    thread.join(10)
    return order == ["first ends", "second sees 1"]


@pytest.mark.parametrize(("first", "second"), [(write_alone, write_alone), (write, write_alone), (write_alone, write)])
def test_a_deed_that_is_alone_waits_and_is_waited_for(first, second):
    assert second_waits(first, second)


@pytest.mark.only_postgresql
def test_deeds_on_their_own_rows_go_side_by_side_on_postgresql():
    assert not second_waits(write, write)


def test_a_deed_within_a_deed_is_part_of_it():
    @write()
    def inner() -> None:
        Submission.objects.create(key="b", user_id=1)

    @write_alone()
    def outer() -> None:
        inner()
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        outer()
    assert not Submission.objects.exists()
