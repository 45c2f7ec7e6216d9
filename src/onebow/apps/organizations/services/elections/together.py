"""Many elections at once: handed in, decided on, replied to by one paper; all of them or none."""

from collections.abc import Callable, Sequence
from datetime import datetime

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from onebow.apps.accounts.models import User
from onebow.apps.base.refusals import Refused
from onebow.apps.base.transactions import write_alone
from onebow.apps.ledger.services import Event, record_all
from onebow.apps.organizations.models import Election
from onebow.apps.organizations.services.approvals import kept_scan
from onebow.apps.organizations.services.elections.ballots import result_submitted
from onebow.apps.organizations.services.elections.candidates import Opinion, Reply, decided_above, replied, submitted
from onebow.apps.organizations.services.elections.prepare import MOST_AT_ONCE

State = Election.State


@write_alone()
def submit_many_candidates(ids: Sequence[int], *, by: User, at: datetime) -> None:
    """Hand the candidates of these elections in.

    Raises:
        Refused: as for one, each that cannot be with its reason; then none is handed in.
    """
    _each(ids, lambda pk: [submitted(pk, by=by, at=at)[1]], by=by, at=at)


@write_alone()
def submit_many_results(ids: Sequence[int], *, by: User, at: datetime) -> None:
    """Hand the results of these elections in, with the usual division of work.

    Raises:
        Refused: as for one, each that cannot be with its reason; then none is handed in.
    """
    _each(ids, lambda pk: [result_submitted(pk, None, by=by, at=at)[1]], by=by, at=at)


@write_alone()
def decide_many(ids: Sequence[int], state: str, opinion: Opinion, *, by: User, at: datetime) -> None:
    """Decide in the product, with one number and one opinion, on elections that wait in a state.

    Raises:
        Refused: as for one, each that cannot be with its reason; then nothing is decided.
    """
    _each(ids, lambda pk: decided_above(pk, opinion, state, by=by, at=at)[1], by=by, at=at)


@write_alone()
def record_many_replies(ids: Sequence[int], state: str, reply: Reply, *, by: User, at: datetime) -> None:
    """Record one paper (线下已批) that replies to elections that wait in a state; its scan is kept once.

    Raises:
        Refused: as for one, each that cannot be with its reason; then nothing is recorded.
    """
    scan = kept_scan(reply.scan, at=at) if isinstance(reply.scan, UploadedFile) else reply.scan
    one = Reply(reply.number, reply.on, scan)
    _each(ids, lambda pk: replied(pk, one, state, by=by, at=at)[1], by=by, at=at)


def _each(ids: Sequence[int], do: Callable[[int], list[Event]], *, by: User, at: datetime) -> None:
    """Do it for each; who is hindered does not keep the others from being tried, so that all are named at once."""
    if not 0 < len(ids) <= MOST_AT_ONCE:
        raise Refused(f"请勾选 1 至 {MOST_AT_ONCE} 个选举。")
    names = dict(Election.objects.filter(pk__in=ids).values_list("pk", "organization__name"))
    events: list[Event] = []
    hindered: dict[str, list[str]] = {}
    for pk in sorted(names):
        try:
            with transaction.atomic():
                events += do(pk)
        except Refused as refused:
            hindered.setdefault(str(refused), []).append(f"“{names[pk]}”")
    if hindered:
        count = sum(len(named) for named in hindered.values())
        others = len(names) - count
        rest = f"其余 {others} 个可以办理:去掉下列的勾选再提交,或先逐个处理。" if others else "请先逐个处理。"
        lines = [f"{'、'.join(named)}:{reason}" for reason, named in hindered.items()]
        raise Refused(f"所选 {len(names)} 个都没有办理,因为有 {count} 个不能办。{rest}", lines=lines)
    record_all(events, by_id=by.pk, at=at)
