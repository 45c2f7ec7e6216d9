"""What follows when an item's people or days change: confirmations are due from whoever joined, absences follow."""

from datetime import date, datetime

from django.utils import timezone

from onebow.apps.base.calendar import working_calendar
from onebow.apps.plans.models import ONE_BY_ONE, Acknowledgement, Checkpoint, Item
from onebow.apps.plans.queries.items.course import expected
from onebow.apps.plans.services.absences import follow_trip
from onebow.cores.timekeeping import working_days_later

State = Checkpoint.State
# 事后补办: in so many working days.
MAKE_UP_DAYS = 5


def follow_item(item: Item, *, at: datetime) -> None:
    """Bring confirmations and absences in line with an item's people and days.

    Runs inside the transaction of whoever changed them and has locked the item; records nothing itself.
    """
    settle_confirmations(item, at=at)
    follow_trip(item, at=at)


def settle_confirmations(item: Item, *, at: datetime) -> list[Checkpoint]:
    """Reopen what somebody who joined has not confirmed; finish what all have. Returns what is done now.

    Of a stage that the item has left already, what is reopened is to be made up.
    """
    if item.state != Item.State.OPEN:
        return []
    rows = list(item.checkpoints.filter(who__in=ONE_BY_ONE).select_related("stage").order_by("stage__order", "order"))
    if not rows:
        return []
    people, told = participants(item), _confirmed(item)
    done = []
    for row in rows:
        wanted = expected(row.who, people, item.person_id)
        complete = bool(wanted) and wanted <= told.get(row.pk, set())
        if complete and row.state != State.DONE:
            _finish(row, at)
            done.append(row)
        elif wanted and not complete and row.state == State.DONE:
            _reopen(row, item, timezone.localdate(at))
    return done


def participants(item: Item) -> list[tuple[int, bool]]:
    """Who takes part, and whether they travel."""
    return list(item.people.values_list("person_id", "is_traveller"))


def make_up_day(today: date) -> date:
    """By when what was passed over urgently is to be made up."""
    return working_days_later(today, MAKE_UP_DAYS, working_calendar().is_working_day)


def _confirmed(item: Item) -> dict[int, set[int]]:
    found: dict[int, set[int]] = {}
    for checkpoint_id, person_id in Acknowledgement.objects.filter(checkpoint__item=item).values_list(
        "checkpoint_id", "person_id"
    ):
        found.setdefault(checkpoint_id, set()).add(person_id)
    return found


def _finish(row: Checkpoint, at: datetime) -> None:
    row.made_up = row.state == State.MAKE_UP
    row.state, row.done_at = State.DONE, at
    row.version += 1
    row.save(update_fields=["state", "done_at", "made_up", "version"])


def _reopen(row: Checkpoint, item: Item, today: date) -> None:
    gone_by = item.stage is not None and row.stage.order < item.stage.order and not item.kind.is_statutory
    row.state, row.due_on = (State.MAKE_UP, make_up_day(today)) if gone_by else (State.OPEN, None)
    row.done_at, row.done_by, row.made_up = None, None, False
    row.version += 1
    row.save(update_fields=["state", "due_on", "done_at", "done_by", "made_up", "version"])
