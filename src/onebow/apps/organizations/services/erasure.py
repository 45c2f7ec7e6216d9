"""Erasing a person (个人信息保护法 article 47): what names the person goes, what was done stays."""

from datetime import datetime

from django.db.models import F, Model
from django.utils import timezone

from onebow.apps.accounts.models import User
from onebow.apps.accounts.services import forget_account
from onebow.apps.base.batches import drop_naming
from onebow.apps.base.files import drop_file, empty_files
from onebow.apps.base.models import File
from onebow.apps.base.refusals import Refused
from onebow.apps.base.transactions import write_alone
from onebow.apps.ledger.services import Event, erase_person_entries, record
from onebow.apps.organizations import rules
from onebow.apps.organizations.models import Person, RosterImport, RosterRow
from onebow.apps.organizations.queries.people import ids_of
from onebow.apps.organizations.queries.personal import personal_columns
from onebow.apps.organizations.queries.reach import authority_of
from onebow.apps.organizations.services.erasing_above import check_settled, erase_above

State = RosterImport.State
ERASED = "已删除"
FORGOTTEN_ROSTER = "已删除的名册"
SHORTEST = 4
# What was done stays, by number: when somebody belonged where, and as what.
KEPT = frozenset({"starts_on", "ends_on", "side", "engagement", "role", "appointed", "backed_by"})


@write_alone()
def erase_person(person_id: int, *, basis: str, by: User, at: datetime) -> Person:
    """Remove all that names a person: record, account, free text of the ledger, rosters that were handed in.

    Ids, dates of membership, tallies and the ledger's tree stay, and so do reasons typed for a decision, an exception
    or a look. Backups made before still hold the person until they are replaced.

    Raises:
        Refused: no basis, `by` does not keep the record, the person still belongs somewhere or holds a post, a roster
            of the unit waits to be checked or applied, or something of the person is open in a higher app.
    """
    if len(basis.strip()) < SHORTEST:
        raise Refused("请写明依据(例如本人申请的日期、文号,至少 4 个字)。")
    person = Person.objects.select_for_update(of=("self",)).select_related("root").get(pk=person_id, merged_into=None)
    today = timezone.localdate(at)
    rules.check_can_manage(person.root, authority_of(by, today))
    # Read once and locked: what is handed in meanwhile is not touched.
    every = RosterImport.objects.select_for_update(of=("self",)).filter(root=person.root_id)
    rosters = list(every.select_related("file").order_by("pk"))
    rules.check_can_erase(person, rosters, today)
    if person.erased_on:
        raise Refused("这个人的个人信息已经删除。")
    user_id, people = person.user_id, ids_of(person.pk)
    check_settled(people, person.name)
    erase_above(people)
    for one in people:
        _empty(one, at)
    _forget_rosters(rosters)
    # Lists that wait to be fetched may name the person; they can be made anew.
    drop_naming(people)
    closed = forget_account(user_id) if user_id else None
    event = Event("person.erased", person.root_id, ((person.pk, "subject"),), data={"basis": basis.strip()})
    _, files = erase_person_entries(people, user_id, event, by_id=by.pk, at=at)
    if closed:
        record(closed, by_id=by.pk, at=at)
    for file in File.objects.filter(pk__in=files):
        drop_file(file)
    return Person.objects.get(pk=person.pk)


def _empty(person_id: int, at: datetime) -> None:
    for columns in personal_columns():
        rows = columns.model._default_manager.filter(**{columns.by: person_id})
        if columns.model is RosterRow:
            rows.delete()
        elif emptied := {name: _empty_of(columns.model, name) for name in columns.columns if name not in KEPT}:
            rows.update(**emptied)
    Person.objects.filter(pk=person_id).update(
        name=ERASED, erased_on=timezone.localdate(at), updated_at=at, version=F("version") + 1
    )


def _empty_of(model: type[Model], name: str) -> str | None:
    return None if getattr(model._meta.get_field(name), "null", False) else ""


def _forget_rosters(rosters: list[RosterImport]) -> None:
    """The files that named the person, and what was found in them, row by row."""
    for roster in rosters:
        report = {**roster.report, "findings": [], "fates": []} if roster.report else {}
        # What failed cannot be tried again without its file; why it failed may quote a row.
        state = State.DISCARDED if roster.state == State.FAILED else roster.state
        RosterImport.objects.filter(pk=roster.pk).update(report=report, state=state, failure="")
    empty_files(File.objects.filter(pk__in=[roster.file_id for roster in rosters]), FORGOTTEN_ROSTER)
