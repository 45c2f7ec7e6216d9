"""Elections behind the doors of the matrix."""

from django.core.files.uploadedfile import SimpleUploadedFile

from onebow.apps.accounts.models import User
from onebow.apps.base.files import keep_file
from onebow.apps.organizations.models import (
    Approval,
    Ballot,
    Election,
    Organization,
)
from onebow.apps.organizations.tests.make import (
    NOON,
    TODAY,
    K,
    make_organization,
)
from onebow.config.policy import Near
from tests.targets import Target


def make_elections(branch: Organization, abroad: Organization, officer: User) -> list[Target]:
    """One that goes on, one that is finished and may be read by members, and a neighbour's."""
    leaders = {"officer": Near.SUBTREE, "secretary": Near.SUBTREE}
    other = make_organization(K.BRANCH, "第2党支部", branch.parent)
    neighbour = make_organization(K.BRANCH, "水务局党支部", set_in_id=abroad.parent_id)
    found = []
    for name, one, near in (("open", other, leaders), ("over", branch, leaders | {"member": Near.OWN})):
        found.append(Target(name, make_election(one, officer, is_over=name == "over"), near))
    return [*found, Target("abroad", make_election(neighbour, officer, is_over=True))]


def make_election(organization: Organization, officer: User, *, is_over: bool) -> dict[str, int | str]:
    upload = SimpleUploadedFile("a.pdf", b"%PDF-1.4")
    paper = Approval.objects.create(
        subject="organizations.election", subject_id=0, step="result", organization=organization, decision="approved",
        decided_by=officer, decided_at=NOON, scan=keep_file(upload, at=NOON, limit_bytes=100),
    )  # fmt: skip
    end = {"state": "finished", "finished_at": NOON, "candidates_approval": paper, "result_approval": paper}
    election = Election.objects.create(
        organization=organization, superior=organization.parent, occasion="founding", manner="direct", held_on=TODAY,
        created_at=NOON, updated_at=NOON, **(end if is_over else {}),
    )  # fmt: skip
    Approval.objects.filter(pk=paper.pk).update(subject_id=election.pk)
    counts = {"round": 1, "seats": 1, "due": 3, "present": 0, "issued": 0, "collected": 0, "void": 0}
    ballot = Ballot.objects.create(
        election=election, office="secretary", body="meeting", recorded_by=officer, recorded_at=NOON, **counts
    )
    ids = {"pk": election.pk, "ballot_id": ballot.pk, "approval_id": paper.pk}
    return ids | {"key": "election_rules", "kind": "docx"}
