"""The paper of a run: 月总结, 季讲评, 半年总结 or 专项整治, a table for each sort with its gaps."""

from datetime import date
from typing import Any

from onebow.apps.base.filters import day
from onebow.apps.organizations.queries.reach import Reach
from onebow.apps.plans.checking.sorts import ABOUT
from onebow.apps.plans.models import CheckRun, Gap
from onebow.apps.plans.queries.checks.run_page import Tally, told_of, ways_of
from onebow.apps.plans.queries.checks.visible import RELATED, gaps_for
from onebow.apps.plans.queries.checks.words import lateness, part_of, state_of, title_of
from onebow.apps.plans.queries.duties.telling import period_words

# A paper with more lines is read by nobody; the sheet has all.
MOST = 500


def report_of(run: CheckRun, reach: Reach, on: date) -> dict[str, Any]:
    """The data of the paper, as far as the reader may read the gaps."""
    told = told_of(run, reach)
    rows = gaps_for(reach).filter(runs__run=run).exclude(state=Gap.State.VOID).select_related(*RELATED)
    gaps = list(rows.order_by("sort", "organization__path", "since", "pk")[:MOST])
    return {
        "issuer": run.organization.name,
        "title": title_of(run),
        "period": period_words(run.starts_on, run.ends_on),
        "is_over": run.ends_on <= on,
        "as_of": on,
        "found": told.whole.found,
        "total": told.whole.total,
        "closed": told.whole.closed,
        "earlier": told.earlier.total,
        "earlier_closed": told.earlier.closed,
        "ways": [_row(tally) for tally in ways_of(told)],
        "sorts": [_row(tally) | {"theme": ABOUT[tally.key].theme} for tally in told.sorts if tally.total],
        "gaps": [_line(number, gap, on) for number, gap in enumerate(gaps, 1)],
        "left_out": max(0, told.whole.total - len(gaps)),
    }


def _row(tally: Tally) -> dict[str, Any]:
    return {
        "name": tally.name,
        "found": tally.found,
        "total": tally.total,
        "mended": tally.mended,
        "closed": tally.closed,
        "open": tally.open,
    }


def _line(number: int, gap: Gap, on: date) -> dict[str, Any]:
    about = ABOUT[gap.sort]
    return {
        "no": number,
        "sort": f"{about.theme}:{gap.get_sort_display()}",
        "title": f"{gap.title}{f'({part})' if (part := part_of(gap)) else ''}",
        "unit": gap.organization.name,
        "person": gap.person.name if gap.person else "无人负责",
        "late": lateness(gap, on),
        "way": about.way_word,
        "state": f"{state_of(gap)[0]}{f' {day(gap.mended_on)}' if gap.mended_on else ''}",
    }
