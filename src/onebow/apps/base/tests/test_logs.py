"""What the log says of a failure."""

import logging

import pytest
from django.db import IntegrityError, connection, transaction

from onebow.apps.base.logs import WithoutRows
from onebow.apps.base.models import Submission


def logged(error: Exception) -> str:
    record = logging.LogRecord("x", logging.ERROR, "x.py", 1, "a task failed: %s", (error,), None)
    record.exc_info = (type(error), error, error.__traceback__)
    return WithoutRows("{levelname} {message}", style="{").format(record)


@pytest.mark.django_db
def test_no_row_is_quoted_in_the_log():
    number = "张三的号码"
    Submission.objects.create(key=number, user_id=1)
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        Submission.objects.create(key=number, user_id=1)
    text = logged(caught.value)
    assert text.startswith("ERROR a task failed:")
    assert "IntegrityError" in text
    assert "submission" in text
    assert "张三" not in text
    if connection.vendor == "postgresql":
        assert "张三" in str(caught.value)


def test_the_rest_of_a_message_stays():
    text = logged(ValueError("first\nDETAIL:  Key (name)=(李四\n王五) exists.\n\nafterwards"))
    assert "李四" not in text
    assert "王五" not in text
    assert "afterwards" in text
