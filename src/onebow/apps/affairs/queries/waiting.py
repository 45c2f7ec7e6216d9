"""What of everyday affairs waits for somebody: letters without a receipt, and reliefs to be decided on."""

from django.db.models import Case, CharField, F, Value, When
from django.db.models.functions import Concat

from onebow.apps.affairs.models import DuesRelief, Transfer
from onebow.apps.affairs.queries.transfers import transfers_for
from onebow.apps.base.unions import word
from onebow.apps.organizations.queries.reach import Reach
from onebow.apps.plans.queries.visible import written_by
from onebow.apps.plans.queries.waiting.lines import Lines, next_few


def parts_of_affairs(reach: Reach) -> tuple[Lines, ...]:
    """All of them, for one statement."""
    return (receipts(reach), reliefs(reach))


def receipts(reach: Reach) -> Lines:
    """Letters that wait for a receipt, those first whose time is over first."""
    rows = transfers_for(reach).filter(state=Transfer.State.ISSUED)
    inward = Case(
        When(target=None, then=Concat(Value("转到"), F("committee"))),
        When(source=None, then=Concat(Value("来自"), F("committee"))),
        default=Concat(Value("转到"), F("target__name")), output_field=CharField(),
    )  # fmt: skip
    place = Case(When(source=None, then=F("target__name")), default=F("source__name"), output_field=CharField())
    return next_few(
        rows, "receipt", ("valid_until", "pk"), title="person__name", place=place, note=inward, side=word("party"),
        day="valid_until",
    )  # fmt: skip


def reliefs(reach: Reach) -> Lines:
    """Applications for relief that wait for what the user keeps or leads; never one's own."""
    rows = DuesRelief.objects.filter(written_by(reach, "superior"), state=DuesRelief.State.ASKED)
    rows = rows.exclude(asked_by=reach.user_id or 0)
    return next_few(
        rows, "relief", ("pk",), title="person__name", place="organization__name", note="kind", side=word("party"),
    )  # fmt: skip
