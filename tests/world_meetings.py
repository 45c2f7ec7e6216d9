"""Meetings behind the doors of the matrix."""

from django.core.files.uploadedfile import SimpleUploadedFile

from onebow.apps.accounts.models import User
from onebow.apps.base.files import keep_file
from onebow.apps.meetings.models import Meeting, MeetingKind
from onebow.apps.organizations.models import (
    Organization,
)
from onebow.apps.organizations.tests.make import (
    NOON,
    TODAY,
)
from onebow.apps.plans.models import PackDocument
from onebow.config.policy import Near
from tests.targets import Target


def meeting_targets(branch: Organization, section: Organization, abroad: Organization, officer: User) -> list[Target]:
    """A branch's meeting, a section's, and a neighbour's."""
    keeper = {"officer": Near.SUBTREE}
    return [
        Target("party", make_meeting(branch, officer), keeper | {"secretary": Near.SUBTREE, "member": Near.OWN}),
        Target("work", make_meeting(section, officer), keeper | {"unit_head": Near.SUBTREE, "staff": Near.OWN}),
        Target("abroad", make_meeting(abroad, officer)),
    ]


def make_meeting(organization: Organization, officer: User) -> dict[str, int | str]:
    """A meeting that was held, with an attachment and a resolution that passed."""
    kind = MeetingKind.objects.create(scope=organization, key="meeting", name="会议", side="both", due_to="invited")
    told = {"state": "held", "held_on": TODAY, "hours": 1, "entry_id": 1, "recorded_by": officer, "recorded_at": NOON}
    meeting = Meeting.objects.create(
        organization=organization, kind=kind, title="研究工作", created_at=NOON, updated_at=NOON, **told
    )
    file = keep_file(SimpleUploadedFile("a.pdf", b"%PDF-1.4"), at=NOON, limit_bytes=100)
    attachment = meeting.attachments.create(file=file, added_at=NOON)
    resolution = meeting.resolutions.create(order=1, text="落实", passed=True)
    paper = PackDocument.objects.create(
        scope=organization, key="record", name="记录单", of="meeting", text="{{ title }}"
    )
    ids = {"attachment_id": attachment.pk, "resolution_id": resolution.pk, "document_id": paper.pk}
    return ids | {"pk": meeting.pk, "kind": "docx"}
