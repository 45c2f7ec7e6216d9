"""Years of duties that pages tell of."""

from datetime import date

import pytest
from django.utils import timezone

from onebow.apps.accounts.tests.make import client_of
from onebow.apps.organizations.tests.make import TODAY
from onebow.apps.plans.services.duties import generate
from onebow.apps.plans.tests.make_duties import (
    HOURS,
    LIFE,
    MEETING,
    READING,
    THEME,
    make_duty,
    make_occurrences,
)


@pytest.fixture
def year():
    """Pages read the clock: the year of today, and the one before, which is over."""
    return timezone.localdate().year


@pytest.fixture
def past(town, year):
    """Theme days of the first branch in the year before, all due."""
    for draft in (MEETING, LIFE, HOURS, READING):
        make_duty(town.bureau, draft, on=date(2020, 1, 1))
    duty = make_duty(town.bureau, THEME, on=date(2020, 1, 1))
    for one in {TODAY.year, year}:
        generate(None, one, at=timezone.now())
    return make_occurrences(duty, town.first, year - 1)


@pytest.fixture
def coming(town, past, year):
    """Those of the year after."""
    return make_occurrences(past[0].duty, town.first, year + 1)


@pytest.fixture
def officer(town):
    return client_of(town.officer)


@pytest.fixture
def secretary(town):
    return client_of(town.secretary)
