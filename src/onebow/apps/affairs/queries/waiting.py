"""What of everyday affairs waits for somebody: letters without a receipt, and reliefs to be decided on."""

from django.db.models import Case, CharField, F, Value, When
from django.db.models.functions import Concat

from onebow.apps.affairs.models import DuesRelief, Transfer
from onebow.apps.affairs.queries.transfers import transfers_for
from onebow.apps.base.unions import word
from onebow.apps.base.waiting import Lines, part_of
from onebow.apps.organizations.queries.reach import Reach
from onebow.apps.plans.queries.visible import written_by


def parts_of_affairs(reach: Reach) -> tuple[Lines, ...]:
    """All of them, for one statement."""
    return (receipts(reach), reliefs(reach))


def receipts(reach: Reach) -> Lines:
    """Letters that wait for a receipt until their time is over."""
    rows = transfers_for(reach).filter(state=Transfer.State.ISSUED)
    inward = Case(
        When(target=None, then=Concat(Value("转到"), F("committee"))),
        When(source=None, then=Concat(Value("来自"), F("committee"))),
        default=Concat(Value("转到"), F("target__name")), output_field=CharField(),
    )  # fmt: skip
    place = Case(When(source=None, then=F("target__name")), default=F("source__name"), output_field=CharField())
    path = Case(When(source=None, then=F("target__path")), default=F("source__path"), output_field=CharField())
    title = Concat(F("person__name"), Value("的组织关系"))
    return part_of(
        rows, "receipt", title=title, place=place, path=path, note=inward, side=word("party"), day="valid_until",
    )  # fmt: skip


def reliefs(reach: Reach) -> Lines:
    """Applications for relief that wait for what the user keeps or leads; never one's own."""
    rows = DuesRelief.objects.filter(written_by(reach, "superior"), state=DuesRelief.State.ASKED)
    rows = rows.exclude(asked_by=reach.user_id or 0)
    return part_of(
        rows, "relief", title=Concat(F("person__name"), Value("的党费减免")), place="organization__name",
        path="superior__path", state="kind", side=word("party"), day="applied_on",
    )  # fmt: skip
