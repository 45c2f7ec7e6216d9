"""Erasing a person (个人信息保护法 article 47): what names the person goes, what was done stays."""

from datetime import datetime

from django.db.models import F, Model
from django.utils import timezone

from onebow.apps.accounts.models import User
from onebow.apps.accounts.services import forget_account
from onebow.apps.base.files import drop_file, path_of
from onebow.apps.base.models import File
from onebow.apps.base.refusals import Refused
from onebow.apps.base.transactions import write_alone
from onebow.apps.ledger.services import Event, erase_person_entries, record
from onebow.apps.organizations import rules
from onebow.apps.organizations.models import Person, RosterImport, RosterRow
from onebow.apps.organizations.queries.personal import personal_columns
from onebow.apps.organizations.queries.reach import authority_of

ERASED = "已删除"
SHORTEST = 4
# What was done stays, by number: when somebody belonged where, and as what.
KEPT = frozenset({"starts_on", "ends_on", "side", "engagement", "role", "appointed", "backed_by"})


@write_alone()
def erase_person(person_id: int, *, basis: str, by: User, at: datetime) -> Person:
    """Remove all that names a person: record, account, free text of the ledger, rosters that were handed in.

    Ids, dates of membership, tallies and the ledger's tree stay. Backups made before still hold the person until
    they are replaced.

    Raises:
        Refused: no basis, `by` does not keep the record, or the person still belongs somewhere or holds a post.
    """
    if len(basis.strip()) < SHORTEST:
        raise Refused("请写明依据(例如本人申请的日期、文号,至少 4 个字)。")
    person = Person.objects.select_for_update(of=("self",)).select_related("root").get(pk=person_id, merged_into=None)
    today = timezone.localdate(at)
    rules.check_can_manage(person.root, authority_of(by, today))
    rules.check_can_erase(person, today)
    if person.name == ERASED:
        raise Refused("这个人的个人信息已经删除。")
    user_id = person.user_id
    for one in [person, *person.merged.all()]:
        _empty(one, at)
    _forget_rosters(person)
    closed = forget_account(user_id) if user_id else None
    event = Event("person.erased", person.root_id, ((person.pk, "subject"),), data={"basis": basis.strip()})
    _, files = erase_person_entries(person.pk, user_id, event, by_id=by.pk, at=at)
    if closed:
        record(closed, by_id=by.pk, at=at)
    for file in File.objects.filter(pk__in=files):
        drop_file(file)
    return Person.objects.get(pk=person.pk)


def _empty(person: Person, at: datetime) -> None:
    for columns in personal_columns():
        rows = columns.model._default_manager.filter(**{columns.by: person.pk})
        if columns.model is RosterRow:
            rows.delete()
        elif emptied := {name: _empty_of(columns.model, name) for name in columns.columns if name not in KEPT}:
            rows.update(**emptied)
    Person.objects.filter(pk=person.pk).update(name=ERASED, updated_at=at, version=F("version") + 1)


def _empty_of(model: type[Model], name: str) -> str | None:
    return None if getattr(model._meta.get_field(name), "null", False) else ""


def _forget_rosters(person: Person) -> None:
    """The files that named the person, and what was found in them; they were imported long ago."""
    for roster in RosterImport.objects.filter(root=person.root_id).select_related("file"):
        report = {**roster.report, "findings": [], "fates": []} if roster.report else {}
        RosterImport.objects.filter(pk=roster.pk).update(report=report)
        if not File.objects.filter(sha256=roster.file.sha256).exclude(pk=roster.file_id).exists():
            path_of(roster.file.sha256).unlink(missing_ok=True)
        File.objects.filter(pk=roster.file_id).update(name="已删除的名册.xlsx")
