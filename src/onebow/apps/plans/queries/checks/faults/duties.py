"""Duties that nobody did in time, or not wholly."""

from datetime import date

from django.db.models import F

from onebow.apps.plans.checking.thresholds import AFTER_DUE
from onebow.apps.plans.models import Occurrence
from onebow.apps.plans.queries.checks.faults.fault import Fault, Rows
from onebow.apps.plans.queries.duties.states import State, with_states


def _rows(on: date) -> Rows:
    """Past, and neither done nor excused; what was said to be missed is still to be made up."""
    # Being due is looked up by index, before the state is worked out.
    due = Occurrence.objects.filter(due_on__lt=on)
    return with_states(due, on).filter(state__in=[State.UNCLEAR, State.MISSED])


def _days(rows: Rows) -> Rows:
    return rows.annotate(day_a=F("due_on"), day_b=F("due_on"))


DUTY = Fault(_rows, _days, AFTER_DUE, due="due_on", found=lambda rows, on: rows.filter(done=0))
DUTY_PART = Fault(_rows, _days, AFTER_DUE, due="due_on", found=lambda rows, on: rows.filter(done__gt=0))
