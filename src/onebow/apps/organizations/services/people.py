"""Registering people, changing and merging their records, looking at what is masked."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from onebow.apps.accounts.models import User
from onebow.apps.base.fields import blind_index
from onebow.apps.base.filters import day
from onebow.apps.base.refusals import Refused
from onebow.apps.base.transactions import write, write_alone
from onebow.apps.ledger.access import Look, log_access
from onebow.apps.ledger.services import Event, record
from onebow.apps.organizations import rules
from onebow.apps.organizations.models import Organization, Person
from onebow.apps.organizations.naming import pinyin_of_person
from onebow.apps.organizations.queries.reach import authority_of
from onebow.apps.organizations.services.former import day_of_standing, former_standing, keep_standing
from onebow.apps.organizations.services.versions import bump_version

REVEALABLE = ("id_number", "phone")


@dataclass(frozen=True)
class PersonDraft:
    """What a record says of a person; empty means not known."""

    name: str
    sex: str = ""
    id_number: str = ""
    phone: str = ""
    born_on: date | None = None
    born_precision: str = Person.Precision.DAY
    standing: str = ""
    joined_on: date | None = None
    joined_precision: str = Person.Precision.DAY
    full_on: date | None = None
    full_precision: str = Person.Precision.DAY
    note: str = ""


@write()
def register_person(root_id: int, draft: PersonDraft, *, by: User | None, at: datetime) -> Person:
    """Register a person under a root unit.

    Raises:
        Refused: the ID number belongs to another record there, or conversion lies before admission.
    """
    root = Organization.objects.select_for_update().get(pk=root_id)
    rules.check_can_manage(root, authority_of(by, timezone.localdate(at)))
    person, event = person_registered(root, draft, at)
    record(event, by_id=by.pk if by else None, at=at)
    return person


def person_registered(root: Organization, draft: PersonDraft, at: datetime) -> tuple[Person, Event]:
    """The person, and what is to be recorded once all else is written. Runs in a transaction, for who may."""
    _check_draft(draft, root.pk, but=None)
    person = Person(root=root, created_at=at)
    _fill(person, draft, at)
    person.save()
    return person, _event("person.registered", person)


@write()
def change_person(
    person_id: int, draft: PersonDraft, *, version: int, since: date | None = None, by: User | None, at: datetime
) -> Person:
    """Change a person's record. A new standing holds `since` a day, and pages of earlier days keep the old one.

    Who joins the Party is a member from the day of admission on; else, without a day, the standing is corrected.

    Raises:
        Refused: as for registering, another officer changed the record since the form was opened, or a day ahead or
            before the last change.
    """
    person = _manageable(person_id, by, at)
    if since is not None and since > timezone.localdate(at):
        raise Refused("政治面貌变动日期不能晚于今天;将来的变动请在当天登记。")
    _check_draft(draft, person.root_id, but=person.pk)
    changed = sorted(name for name, value in asdict(draft).items() if getattr(person, name) != value)
    bump_version(person, version)
    if changed:
        former = former_standing(person)
        _fill(person, draft, at)
        if day := day_of_standing(former.standing, person, since):
            keep_standing(former, day)
        person.save()
        _record("person.changed", person, by, at, {"fields": changed})
    return person


@write_alone()
def merge_people(keep_id: int, double_id: int, *, by: User | None, at: datetime) -> Person:
    """Join a double record into the one to keep: facts missing there, memberships, posts and account go over.

    Raises:
        Refused: different root units or ID numbers, two accounts, or both stand in branches on the same day.
    """
    keep, double = _manageable(keep_id, by, at), _manageable(double_id, by, at)
    _check_can_merge(keep, double)
    _hand_over(double.memberships.all(), keep.memberships, keep, "side")
    _hand_over(double.posts.all(), keep.posts, keep, "role")
    if not keep.former_standings.exists():
        double.former_standings.update(person=keep)
    account = double.user
    double.user, double.merged_into, double.updated_at = None, keep, at
    double.save(update_fields=["user", "merged_into", "updated_at"])
    # One step from each double to the record that stands: what is asked of a person is asked of all of them.
    double.merged.update(merged_into=keep, updated_at=at)
    for name in ("sex", "id_number", "phone", "born_on", "standing", "joined_on", "full_on", "note"):
        if not getattr(keep, name):
            setattr(keep, name, getattr(double, name))
    _index_numbers(keep)
    keep.user = keep.user or account
    keep.updated_at, keep.version = at, keep.version + 1
    keep.save()
    _record("person.merged", keep, by, at, {"double": double.pk})
    return keep


@write()
def reveal(person_id: int, field: str, *, reason: str, by: User, at: datetime) -> str:
    """The full ID or phone number, for a typed reason; who looked, and why, stands in the access log.

    Raises:
        Refused: no reason, or `by` neither manages the person nor is that person.
    """
    if field not in REVEALABLE:
        raise Refused("没有这一项。")
    rules.check_reason(reason, "查看原因")
    person = Person.objects.select_related("root").get(pk=person_id)
    if person.user_id != by.pk:
        rules.check_can_manage(person.root, authority_of(by, timezone.localdate(at)))
    log_access(Look(field, person.pk, person.root_id, (field,), reason), by_id=by.pk, at=at)
    return str(getattr(person, field))


def _hand_over(rows: Iterable[Any], held: Any, keep: Person, same: str) -> None:
    """Memberships or posts go over; where both records hold the same open one, the kept one stands."""
    for row in rows:
        twin = held.filter(organization=row.organization, ends_on=None, **{same: getattr(row, same)})
        if row.ends_on is None and twin.exists():
            row.delete()
        else:
            row.person = keep
            row.save(update_fields=["person"])


def _check_can_merge(keep: Person, double: Person) -> None:
    """Two records are one person only where nothing speaks against it."""
    if keep.pk == double.pk:
        raise Refused("请选择另一条记录。")
    if keep.root_id != double.root_id:
        raise Refused("两条记录属于不同单位,不能合并。")
    if keep.id_index and double.id_index and keep.id_index != double.id_index:
        raise Refused("两条记录的公民身份号码不同,是两个人,不能合并。")
    if keep.user_id and double.user_id:
        raise Refused("两条记录都有账号,请先停用并解除其中一个账号。")
    for row in double.memberships.filter(side="party").select_related("organization"):
        twin = keep.memberships.filter(side="party", organization=row.organization)
        if not twin.exists():
            rules.check_no_second_branch(keep, row.starts_on, row.ends_on, but=None)


def _manageable(person_id: int, by: User | None, at: datetime) -> Person:
    person = Person.objects.select_for_update().get(pk=person_id, merged_into=None)
    rules.check_can_manage(person.root, authority_of(by, timezone.localdate(at)))
    rules.check_not_erased(person)
    return person


def _check_draft(draft: PersonDraft, root_id: int, *, but: int | None) -> None:
    if draft.joined_on and draft.full_on and draft.full_on < draft.joined_on:
        raise Refused(f"转正时间({day(draft.full_on)})早于入党时间({day(draft.joined_on)}),请核对。")
    if draft.born_on and draft.joined_on and draft.joined_on < draft.born_on:
        raise Refused("入党时间早于出生日期,请核对。")
    if not draft.id_number:
        return
    same = Person.objects.filter(root_id=root_id, id_index=blind_index(draft.id_number), merged_into=None)
    if other := same.exclude(pk=but or 0).first():
        raise Refused(f"这个公民身份号码已登记给{other.name},同一号码只能登记一人。")


def _fill(person: Person, draft: PersonDraft, at: datetime) -> None:
    for name, value in asdict(draft).items():
        setattr(person, name, value)
    _index_numbers(person)
    person.pinyin, person.initials = pinyin_of_person(draft.name)
    person.updated_at = at


def _index_numbers(person: Person) -> None:
    person.id_index, person.phone_index = blind_index(person.id_number), blind_index(person.phone)


def _record(kind: str, person: Person, by: User | None, at: datetime, data: dict[str, object] | None = None) -> None:
    record(_event(kind, person, data), by_id=by.pk if by else None, at=at)


def _event(kind: str, person: Person, data: dict[str, object] | None = None) -> Event:
    return Event(kind, person.root_id, people=((person.pk, "subject"),), source=person, data=dict(data or {}))
