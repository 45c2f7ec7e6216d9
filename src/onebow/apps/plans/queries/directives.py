"""What came from above, and how it was carried out."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Q, QuerySet

from onebow.apps.organizations.queries.reach import Reach
from onebow.apps.plans.models import Change, Directive, Drive, Item
from onebow.apps.plans.queries.item_lines import ItemLine, counted, lines_of
from onebow.apps.plans.queries.visible import changes_for, directives_for, drives_for, items_for

# So many days before a reply is due it is said aloud.
SOON = 7
STATES = {"waiting": "待反馈", "replied": "已反馈", "overdue": "逾期", "none": "无需反馈"}
COLOURS = {"waiting": "warn", "replied": "ok", "overdue": "bad", "none": "neutral"}


@dataclass(frozen=True)
class Standing:
    """How a directive stands with its reply on a day."""

    state: str
    note: str = ""

    @property
    def word(self) -> str:
        """For a badge."""
        return STATES[self.state]

    @property
    def colour(self) -> str:
        """For a badge."""
        return COLOURS[self.state]


@dataclass(frozen=True)
class Fulfilment:
    """落实情况: what hangs on a directive, as it stands on a day."""

    lines: list[ItemLine]
    changes: list[Change]
    drives: list[Drive]

    @property
    def done(self) -> int:
        """Items that are done."""
        return counted(self.lines)[0]

    @property
    def total(self) -> int:
        """Items that were not cancelled."""
        return counted(self.lines)[1]


def directives_on(reach: Reach, on: date) -> QuerySet[Directive]:
    """Those received until a day, the latest first."""
    rows = directives_for(reach).filter(received_on__lte=on).select_related("organization")
    return rows.order_by("-received_on", "-pk")


def standing_of(directive: Directive, on: date) -> Standing:
    """How it stands with the reply on a day."""
    due, replied = directive.reply_due_on, directive.replied_on
    if replied and replied <= on:
        late = (replied - due).days if due else 0
        return Standing("replied", f"迟 {late} 天" if late > 0 else "")
    if due is None:
        return Standing("none")
    if due < on:
        return Standing("overdue", f"已逾期 {(on - due).days} 天")
    left = (due - on).days
    return Standing("waiting", "今天到期" if not left else f"还有 {left} 天" if left <= SOON else "")


def in_state(on: date) -> Callable[[QuerySet[Directive], str], QuerySet[Directive]]:
    """Narrows a list to a state of that day."""
    replied = Q(replied_on__lte=on)
    conditions = {
        "replied": replied,
        "none": Q(reply_due_on=None) & ~replied,
        "overdue": Q(reply_due_on__lt=on) & ~replied,
        "waiting": Q(reply_due_on__gte=on) & ~replied,
    }
    return lambda rows, state: rows.filter(conditions[state])


def asking(rows: QuerySet[Directive], today: date) -> QuerySet[Directive]:
    """Of these, those whose reply is overdue or due within a week."""
    return rows.filter(replied_on=None, reply_due_on__lte=today + timedelta(days=SOON))


def fulfilment_of(directive: Directive, reach: Reach, on: date, today: date) -> Fulfilment:
    """What hangs on a directive, as far as the user may read it."""
    items = items_for(reach).filter(directive=directive)
    changes = changes_for(reach).filter(directive=directive).select_related("plan__organization").order_by("pk")
    drives = drives_for(reach).filter(directive=directive).order_by("starts_on", "pk")
    return Fulfilment(lines_of(items, on, today), list(changes), list(drives))


def shares_of(directives: Iterable[Directive], reach: Reach) -> dict[int, tuple[int, int]]:
    """By directive how many of its items are done today, and how many there are that were not cancelled."""
    items = items_for(reach).filter(directive__in=[row.pk for row in directives]).exclude(state=Item.State.CANCELLED)
    done = Count("pk", filter=Q(state=Item.State.DONE))
    rows = items.order_by().values("directive").annotate(done=done, whole=Count("pk"))
    return {row["directive"]: (row["done"], row["whole"]) for row in rows}


def years_of(reach: Reach) -> list[tuple[str, str]]:
    """The years in which something was received, the latest first."""
    years = directives_for(reach).dates("received_on", "year", order="DESC")
    return [(str(day.year), f"{day.year} 年") for day in years]
