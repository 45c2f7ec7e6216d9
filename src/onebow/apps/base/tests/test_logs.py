"""What is written down about a failure tells where and of which kind, never what was in the data."""

import logging
import sys
from datetime import timedelta

import pytest
from django.conf import settings
from django.db import IntegrityError, OperationalError
from django.utils import timezone
from django_q.models import Task

from onebow.apps.base.logs import DiscreetFormatter, TaskFailed, discreet, told
from onebow.apps.base.tasks import clean_up

ROW = "Failing row contains (7, 周舟, 19900000001)."


def failing() -> None:
    try:
        raise ValueError(ROW)
    except ValueError as error:
        raise IntegrityError(ROW) from error


def line_of(deed) -> str:
    try:
        deed()
    except Exception:
        record = logging.LogRecord(
            "x", logging.ERROR, "", 0, "Internal Server Error: %s", ("/people/7/",), sys.exc_info()
        )
    return DiscreetFormatter("{levelname} {message}", style="{").format(record)


def test_a_logged_error_keeps_places_and_kinds_and_quotes_nothing():
    text = line_of(failing)
    assert "周舟" not in text
    assert "ERROR Internal Server Error: /people/7/" in text
    assert text.index("ValueError") < text.index("django.db.utils.IntegrityError")
    assert "in failing" in text


def test_an_error_of_the_machine_keeps_its_words():
    def full():
        raise OperationalError("database or disk is full")

    assert "database or disk is full" in line_of(full)


def test_the_log_of_the_product_is_written_so():
    assert settings.LOGGING["formatters"]["line"]["()"].endswith("logs.DiscreetFormatter")
    assert {handler["formatter"] for handler in settings.LOGGING["handlers"].values()} == {"line"}


def test_a_task_that_fails_keeps_the_place_and_quotes_nothing():
    with pytest.raises(TaskFailed) as caught:
        discreet(failing)()
    assert str(caught.value) == told(IntegrityError()) == "django.db.utils.IntegrityError"
    assert caught.value.__suppress_context__
    assert [entry.name for entry in caught.traceback][-1] == "failing"


@pytest.mark.django_db
def test_results_of_tasks_are_dropped_after_a_month():
    for days, name in ((31, "old"), (29, "new")):
        at = timezone.now() - timedelta(days=days)
        Task.objects.create(id=name, name=name, func="x", started=at, stopped=at, success=False)
    clean_up()
    assert list(Task.objects.values_list("name", flat=True)) == ["new"]
