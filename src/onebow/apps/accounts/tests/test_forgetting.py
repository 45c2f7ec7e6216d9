"""What was typed at the door does not stay."""

from datetime import timedelta

import pytest
from axes.models import AccessAttempt
from django.utils import timezone

from onebow.apps.accounts.tasks import forget_failures
from onebow.apps.accounts.tests.make import make_user


@pytest.mark.django_db
def test_failed_sign_ins_are_forgotten_after_a_day_and_hold_no_password(client):
    make_user()
    client.post("/sign-in/", {"login": "zhangmin", "password": "not-the-one"})
    attempt = AccessAttempt.objects.get()
    assert not [value for value in vars(attempt).values() if "not-the-one" in str(value)]
    assert forget_failures() == 0
    AccessAttempt.objects.update(attempt_time=timezone.now() - timedelta(days=1, minutes=1))
    assert forget_failures() == 1
    assert not AccessAttempt.objects.exists()
