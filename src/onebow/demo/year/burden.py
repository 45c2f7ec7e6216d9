"""What was typed and handed out: the story's deeds as forms.

They were told through services, which count nothing.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from functools import partial

from onebow.apps.base.burden import Count, add_tallies
from onebow.apps.ledger.models import Entry
from onebow.demo.story import Deed
from onebow.demo.year.telling import LATER, Year

# As if the product had begun to count so many months ago.
MONTHS = 4
# Kind of the ledger -> role, form, fields typed each time, lists pasted in a hundred.
FORMS = {
    "meeting.planned": ("secretary", "meetings.planning.PlanForm", 2, 0),
    "meeting.held": ("secretary", "meetings.recording.RecordForm", 3, 60),
    "duty.planned": ("secretary", "plans.duties.YearForm", 6, 0),
    "item.added": ("officer", "plans.drafting.QuickForm", 4, 0),
    "item.progressed": ("staff", "plans.items.ProgressForm", 1, 0),
    "item.stage_passed": ("unit_head", "plans.items.CheckpointsForm", 2, 0),
    "checkpoint.acknowledged": ("member", "plans.items.ConfirmForm", 1, 0),
    "away.recorded": ("secretary", "plans.absences.AwayForm", 3, 0),
    "directive.registered": ("officer", "plans.registers.DirectiveForm", 8, 100),
    "membership.started": ("officer", "organizations.people.MembershipForm", 3, 0),
    "approval.decided": ("officer", "organizations.approvals.DecisionForm", 2, 0),
    "business.noted": ("member", "organizations.ledger.NoteForm", 5, 0),
    "party.noted": ("secretary", "organizations.ledger.NoteForm", 4, 0),
    "plan.imported": ("officer", "plans.plans.ListForm", 0, 100),
}
# Each month: role, paper, how many, values in each.
PAPERS = (
    ("secretary", "meetings:file", 6, 38),
    ("secretary", "meetings:sheet", 6, 31),
    ("secretary", "plans:directive_report", 1, 64),
    ("officer", "plans:taskbook_xlsx", 2, 288),
    ("officer", "plans:items_xlsx", 2, 412),
    ("officer", "meetings:hours_xlsx", 1, 1_640),
    ("unit_head", "plans:item_sheet", 3, 22),
    ("unit_head", "plans:dual_post_paper", 1, 47),
)


def burden(year: Year) -> Iterator[Deed]:
    """The last months, told at the end."""
    yield year.last, LATER + 1, partial(_count, year)


def _count(year: Year) -> None:
    for month in _months(year.last):
        first = date.fromisoformat(f"{month}-01")
        entries = Entry.objects.filter(kind__in=FORMS, happened_on__year=first.year, happened_on__month=first.month)
        add_tallies(_of_month(Counter(entries.values_list("kind", flat=True)), first.month % 3), month=month)


def _months(last: date) -> list[str]:
    places = range(last.year * 12 + last.month - MONTHS, last.year * 12 + last.month)
    return [f"{place // 12}-{place % 12 + 1:02d}" for place in places]


def _of_month(deeds: Counter[str], more: int) -> Iterator[Count]:
    for kind, times in deeds.items():
        role, key, fields, pasted = FORMS[kind]
        yield Count(role, key, "typed", times * fields, times)
        if lists := times * pasted // 100:
            yield Count(role, key, "pasted", lists, lists)
    for role, key, times, fields in PAPERS:
        yield Count(role, key, "delivered", (times + more) * fields, times + more)
