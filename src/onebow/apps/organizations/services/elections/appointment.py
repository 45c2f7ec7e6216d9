"""A secretary or deputy appointed by the superior (任命、指派), without election."""

from dataclasses import dataclass
from datetime import date, datetime

from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone

from onebow.apps.accounts.models import User
from onebow.apps.base.refusals import Refused
from onebow.apps.base.transactions import write
from onebow.apps.ledger.services import record_all
from onebow.apps.organizations import rules
from onebow.apps.organizations.models import Approval, Organization, Person, Post
from onebow.apps.organizations.queries.reach import authority_of
from onebow.apps.organizations.services.approvals import PaperDraft, decided
from onebow.apps.organizations.services.memberships import PostDraft, post_ended, post_started

ROLES = (Post.Role.SECRETARY, Post.Role.DEPUTY_SECRETARY)


@dataclass(frozen=True)
class AppointmentDraft:
    """Who is appointed to what, from which day, by which paper; `replace` ends the present secretary's post."""

    person_id: int
    role: str
    starts_on: date
    number: str
    paper_on: date
    title: str = ""
    replace: bool = False


@write()
def appoint_leader(
    organization_id: int, draft: AppointmentDraft, *, scan: UploadedFile | None = None, by: User, at: datetime
) -> Post:
    """Put the appointed person into office and record the paper.

    Raises:
        Refused: `by` does not keep the organization, the paper is recorded already or of tomorrow, a secretary is in
            office and is not to be replaced, or the person is no member.
    """
    person = Person.objects.select_for_update().get(pk=draft.person_id)
    organization = Organization.objects.select_for_update().get(pk=organization_id)
    rules.check_can_manage(organization, authority_of(by, timezone.localdate(at)))
    if draft.role not in ROLES:
        raise Refused("这里只登记书记、副书记的任命。")
    paper = PaperDraft(Approval.Step.APPOINTMENT, draft.number, draft.paper_on)
    _, event = decided(organization_id, paper, scan=scan, by=by, at=at)
    events = [event]
    if draft.replace:
        held = organization.posts.filter(role=draft.role, ends_on=None).select_related("person", "organization")
        events += [post_ended(post, draft.starts_on, at) for post in held]
    started = PostDraft(
        draft.person_id,
        organization_id,
        draft.role,
        title=draft.title,
        starts_on=draft.starts_on,
        appointed=Post.Appointed.APPOINTED,
        basis=draft.number,
    )
    post, event = post_started(started, person, organization, at)
    record_all([*events, event], by_id=by.pk, at=at)
    return post
