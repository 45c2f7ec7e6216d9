"""What stands behind the doors of everyday affairs: transfers and dues of two branches and of a neighbour's."""

from datetime import date, timedelta
from decimal import Decimal

from django.core.files.uploadedfile import SimpleUploadedFile

from onebow.apps.accounts.models import User
from onebow.apps.affairs.models import DuesRelief, Transfer
from onebow.apps.base.files import keep_file
from onebow.apps.organizations.models import Approval, Organization
from onebow.apps.organizations.tests.make import NOON, TODAY, join, make_organization, make_person
from onebow.config.policy import Near
from tests.targets import Target

K = Organization.Kind
STAMPS = {"created_at": NOON, "updated_at": NOON}


def affairs_targets(
    branch: Organization, unit: Organization, other: Organization, officer: User
) -> dict[str, list[Target]]:
    """A branch of the bureau, which its officer keeps and whose superior's secretary reads, and a neighbour's."""
    abroad = make_organization(K.BRANCH, "水务局第1党支部", set_in_id=other.pk)
    near = {"officer": Near.SUBTREE, "secretary": Near.SUBTREE}
    places = (("branch", branch, unit, near), ("abroad", abroad, other, {}))
    letters, dues = [], []
    for name, place, root, who in places:
        letters.append(Target(name, _letter(place, root), who))
        dues.append(Target(name, _dues(place, root, officer), who))
    return {"transfers": letters, "dues": dues}


def _letter(branch: Organization, root: Organization) -> dict[str, int | str]:
    person = make_person(root, "转出党员")
    join(person, branch)
    row = Transfer.objects.create(
        person=person, direction="out", source=branch, issuer=branch, committee="外地党委", number="1",
        issued_on=TODAY, valid_until=TODAY + timedelta(days=90), reason="work", **STAMPS,
    )  # fmt: skip
    return {"pk": row.pk, "kind": "docx"}


def _dues(branch: Organization, root: Organization, officer: User) -> dict[str, int | str]:
    person = make_person(root, "交费党员")
    join(person, branch)
    upload = SimpleUploadedFile("a.pdf", b"%PDF-1.4")
    paper = Approval.objects.create(
        subject="affairs.duesrelief", subject_id=0, step="dues_relief", organization=branch, decision="approved",
        decided_by=officer, decided_at=NOON, scan=keep_file(upload, at=NOON, limit_bytes=100),
    )  # fmt: skip
    relief = DuesRelief.objects.create(
        person=person, organization=branch, superior=branch.parent or branch, kind="waived", amount=Decimal(0),
        first=date(2026, 3, 1), last=date(2026, 3, 1), applied_on=TODAY, studied_on=TODAY, reason="困难",
        state="approved", approval=paper, **STAMPS,
    )  # fmt: skip
    return {"pk": branch.pk, "person_id": person.pk, "month": "2026-03", "relief_id": relief.pk}
