"""Applying a pack to a unit and all below it, and looking beforehand at what that would do."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from onebow.apps.accounts.models import User
from onebow.apps.base.refusals import Refused
from onebow.apps.base.transactions import write_alone
from onebow.apps.ledger.services import Event, record_all
from onebow.apps.methods.models import AppliedPack
from onebow.apps.methods.queries.packs import last_applied
from onebow.apps.methods.queries.shelf import PackText, shipped_pack, text_of
from onebow.apps.methods.queries.state import said_by, said_in
from onebow.apps.methods.reading import BadPack, Pack
from onebow.apps.methods.services.changes import ADDED, CHANGED, ENDED, PackChanges, changes_between
from onebow.apps.methods.services.putting import Place, put_pack
from onebow.apps.organizations.models import Organization
from onebow.apps.organizations.queries.reach import authority_of
from onebow.apps.plans.rules.access import check_can_set, check_stands
from onebow.apps.plans.services.duties import generate


@dataclass(frozen=True)
class _Put:
    """A pack that was put in place, and what that changed."""

    chosen: PackText
    last: AppliedPack | None
    changes: PackChanges

    @property
    def is_news(self) -> bool:
        """Whether there is anything to keep or to tell."""
        return self.changes.moves or self.last is None or self.last.digest != self.chosen.digest


def first_day(scope: Organization, key: str, today: date) -> date:
    """From when a pack holds unless said otherwise: the first time for the whole year, a new version from today on."""
    return today if last_applied(scope, key) else date(today.year, 1, 1)


@write_alone()
def preview(chosen: PackText, scope_id: int, *, on: date, by: User | None, at: datetime) -> list[PackChanges]:
    """What applying would change, row by row: it is applied and taken back, so that nothing can differ.

    Raises:
        Refused: as `apply_pack`.
    """
    changes = [one.changes for one in _put(chosen, scope_id, on, by, at)[1]]
    transaction.set_rollback(True)
    return changes


@write_alone()
def apply_pack(chosen: PackText, scope_id: int, *, on: date, by: User | None, at: datetime) -> list[PackChanges]:
    """Put a pack in place for a unit and all below it, with those it requires, and make the year's occurrences.

    The same again changes nothing and records nothing.

    Raises:
        Refused: not the officer's to set, a unit that is no more, a day out of range, or rows that another pack set.
    """
    scope, put = _put(chosen, scope_id, on, by, at)
    news = [one for one in put if one.is_news]
    if news:
        rows = [_keep(one.chosen, scope, by, at) for one in news]
        for year in sorted({timezone.localdate(at).year, on.year}):
            generate(scope, year, at=at)
        events = [_event(row, one.changes) for row, one in zip(rows, news, strict=True)]
        record_all(events, by_id=by.pk if by else None, at=at)
    return [one.changes for one in put]


def _put(
    chosen: PackText, scope_id: int, on: date, by: User | None, at: datetime
) -> tuple[Organization, Sequence[_Put]]:
    today = timezone.localdate(at)
    scope = Organization.objects.select_for_update().get(pk=scope_id)
    check_can_set(scope, authority_of(by, today))
    check_stands(scope, today)
    if not date(today.year, 1, 1) <= on <= date(today.year + 1, 12, 31):
        raise Refused("生效日期应在今年或明年之内。")
    place = Place(scope, on, by, at)
    return scope, [_put_one(one, place) for one in (*_missing(chosen, scope), chosen)]


def _missing(chosen: PackText, scope: Organization) -> list[PackText]:
    """Required packs that were never applied here; what was stays as it is."""
    return [shipped_pack(key) for key in chosen.pack.requires if last_applied(scope, key) is None]


def _put_one(chosen: PackText, place: Place) -> _Put:
    last = last_applied(place.scope, chosen.pack.key)
    before, wanted = said_in(place.scope), said_by(chosen.pack)
    put_pack(chosen.pack, former_of(last), place, before, wanted)
    return _Put(chosen, last, changes_between(before, said_in(place.scope), wanted, chosen.pack))


def former_of(last: AppliedPack | None) -> Pack | None:
    """The version that was applied last, as far as it still reads."""
    try:
        return text_of(last.text).pack if last else None
    except BadPack:
        # Written for an older product: its rows are known from the tables, only its lists are not.
        return None


def _keep(chosen: PackText, scope: Organization, by: User | None, at: datetime) -> AppliedPack:
    pack = chosen.pack
    return AppliedPack.objects.create(
        scope=scope, key=pack.key, name=pack.name, pack_version=pack.version, text=chosen.text, digest=chosen.digest,
        applied_by=by, applied_at=at,
    )  # fmt: skip


def _event(row: AppliedPack, changes: PackChanges) -> Event:
    data = {"pack": row.name, "version": row.pack_version, "added": changes.count(ADDED, CHANGED)}
    return Event("method.applied", row.scope_id, source=row, data=data | {"ended": changes.count(ENDED)})
