"""The rules by which a risk point is counted and looked at again, as the rule table has them on a day."""

from datetime import date

from dateutil.relativedelta import relativedelta

from onebow.cores.regulations.table import Rule, rule, table

COUNTING, REVIEWING = "RISK-LEVEL", "RISK-REVIEW"


def counting_on(on: date) -> Rule:
    """The counting method of a day; of days before it, as it began."""
    return _rule(COUNTING, on)


def months_between(on: date) -> int:
    """After how many months at most a risk point is looked at again."""
    return _rule(REVIEWING, on).number("months")


def latest_review(after: date, today: date) -> date:
    """The last day on which the next review may be, seen from a day."""
    return after + relativedelta(months=months_between(today))


def _rule(rule_id: str, on: date) -> Rule:
    first = min(one.effective_from for one in table() if one.id == rule_id)
    found = rule(rule_id, on=max(on, first))
    assert found is not None  # noqa: S101 (it is in force from its first day on)
    return found
