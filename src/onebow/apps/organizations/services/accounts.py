"""Accounts for people of the roster: opened by their officer, handed over on paper."""

from collections.abc import Collection
from datetime import datetime

from django.utils import timezone

from onebow.apps.accounts.models import User
from onebow.apps.accounts.names import propose_names
from onebow.apps.accounts.queries import taken_names
from onebow.apps.accounts.services import NewAccount, Slip, issue_slip, made_accounts
from onebow.apps.base.refusals import Refused
from onebow.apps.base.transactions import write, write_alone
from onebow.apps.ledger.services import record_all
from onebow.apps.organizations import rules
from onebow.apps.organizations.models import Grant, Person
from onebow.apps.organizations.queries.accounts import units_of
from onebow.apps.organizations.queries.reach import authority_of, reach_of
from onebow.apps.organizations.queries.visible import managed_people

MOST = 2000


@write_alone()
def open_accounts(person_ids: Collection[int], *, by: User, at: datetime) -> list[tuple[Slip, str]]:
    """Open an account for each person, with a slip and the unit that is printed on it.

    Raises:
        Refused: nobody chosen, too many, somebody out of reach, or all have accounts already.
    """
    today, ids = timezone.localdate(at), set(person_ids)
    if not ids:
        raise Refused("请先勾选要开设账号的人员。")
    if len(ids) > MOST:
        raise Refused(f"一次最多开设 {MOST} 个账号,请按组织分批办理。")
    rows = managed_people(reach_of(by, today)).select_for_update(of=("self",)).select_related("root")
    people = [person for start in _starts(ids) for person in rows.filter(pk__in=start).order_by("pk")]
    if len(people) < len(ids):
        raise Refused("所选人员中有人不在您的管理范围内,没有开设任何账号。请刷新页面再选。")
    people = [person for person in people if person.user_id is None]
    if not people:
        raise Refused("所选人员都已有账号。")
    names = propose_names([person.pinyin for person in people], taken_names)
    news = [NewAccount(name, person.name[:40]) for name, person in zip(names, people, strict=True)]
    slips, events = made_accounts(news, at=at)
    for person, slip in zip(people, slips, strict=True):
        person.user_id = slip.user_id
    Person.objects.bulk_update(people, ["user"], batch_size=500)
    record_all(events, by_id=by.pk, at=at)
    units = units_of(people, today)
    return [(slip, units[person.pk]) for person, slip in zip(people, slips, strict=True)]


@write()
def reissue_slip(person_id: int, *, by: User, at: datetime) -> tuple[Slip, str]:
    """A new slip for a person's account; the old one is void.

    Raises:
        Refused: no account, a disabled one, or one that holds a grant: its slip would lend that grant to its bearer.
    """
    today = timezone.localdate(at)
    person = Person.objects.select_related("root", "user").get(pk=person_id)
    rules.check_can_manage(person.root, authority_of(by, today))
    if person.user is None:
        raise Refused(f"{person.name}还没有账号。")
    if person.user_id != by.pk and Grant.objects.not_ended(today).filter(user=person.user_id).exists():
        raise Refused(f"{person.name}的账号有单独授权,请由系统管理员发放激活单。")
    return issue_slip(person.user.pk, by=by, at=at), units_of([person], today)[person.pk]


def _starts(ids: set[int]) -> list[list[int]]:
    """The ids in parts that a statement can name."""
    ordered = sorted(ids)
    return [ordered[start : start + 500] for start in range(0, len(ordered), 500)]
