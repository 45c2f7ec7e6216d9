"""What an approved result brings, in the transaction of the decision: posts, terms, and what the ledger is told."""

from datetime import datetime

from onebow.apps.base.filters import day
from onebow.apps.base.refusals import Refused
from onebow.apps.ledger.services import Event
from onebow.apps.organizations.models import (
    Approval,
    Election,
    FormerTerm,
    Office,
    Organization,
    Person,
    Post,
    Winner,
)
from onebow.apps.organizations.models.organizations import within
from onebow.apps.organizations.queries.elections.proposals import COMMITTEE
from onebow.apps.organizations.queries.elections.terms import term_end
from onebow.apps.organizations.services.elections.prepare import event_of
from onebow.apps.organizations.services.memberships import PostDraft, post_ended, post_started


def finished(election: Election, approval: Approval, *, at: datetime) -> list[Event]:
    """Carry the result out on the day of the election; the caller saves the election and records the events.

    Raises:
        Refused: who was elected has left since, a post of the outgoing committee begins later than the election, or
            no rule tells the term.
    """
    on = election.held_on
    winners = list(election.winners.order_by("pk"))
    people = _locked(winners)
    organization = Organization.objects.select_for_update().get(pk=election.organization_id)
    _check_still_there(organization, people)
    events = [post_ended(post, on, at) for post in _outgoing(election, winners)]
    for person_id, role in _posts(winners):
        draft = PostDraft(
            person_id,
            organization.pk,
            role,
            starts_on=on,
            appointed=Post.Appointed.ELECTED,
            basis=approval.document_number or str(election.get_occasion_display()),
        )
        events.append(post_started(draft, people[person_id], organization, at)[1])
    if not election.is_vacancy:
        _set_term(election, organization, at)
    election.state, election.result_approval, election.finished_at = Election.State.FINISHED, approval, at
    told: dict[str, object] = {"elected": len(people)}
    if election.term_ends_on:
        told["term_ends_on"] = election.term_ends_on.isoformat()
    parts = tuple((person_id, "elected") for person_id in people)
    events.append(event_of("election.finished", election, told, people=parts, happened_on=on))
    return events


def _locked(winners: list[Winner]) -> dict[int, Person]:
    """The people before the organization, in the order of their ids: as the services of posts take them."""
    ids = {winner.person_id for winner in winners}
    return {one.pk: one for one in Person.objects.select_for_update().filter(pk__in=ids).order_by("pk")}


def _check_still_there(organization: Organization, people: dict[int, Person]) -> None:
    for person in people.values():
        rows = person.memberships.filter(within(organization.path, "organization__path"), side="party", ends_on=None)
        if not rows.exists():
            raise Refused(
                f"当选人{person.name}的组织关系已不在“{organization.name}”,不能完成这次选举;"
                "请先核对其组织关系,确已转出的,退回结果后重新投票。"
            )


def _outgoing(election: Election, winners: list[Winner]) -> list[Post]:
    """Posts that end with the election: all of the old committee; in a by-election what the elected take over."""
    on = election.held_on
    rows = Post.objects.select_for_update(of=("self",)).select_related("person", "organization")
    held = rows.filter(organization_id=election.organization_id, role__in=COMMITTEE, ends_on=None).order_by("pk")
    if election.is_vacancy:
        roles = {role for _, role in _posts(winners)} & {Post.Role.SECRETARY.value}
        elected = {winner.person_id for winner in winners}
        held = [post for post in held if post.role in roles or post.person_id in elected]  # type: ignore[assignment]
    for post in held:
        if post.starts_on is not None and post.starts_on >= on:
            title = post.title or post.get_role_display()
            raise Refused(
                f"{post.person.name}任{title}自{day(post.starts_on)}起,不早于选举日期{day(on)},不能在这一天接任。请退回结果,由经办人核对日期。"
            )
    return list(held)


def _posts(winners: list[Winner]) -> list[tuple[int, str]]:
    """Person and role of the posts to begin: who leads holds that post alone, all others their division of work."""
    leaders = {winner.person_id for winner in winners if winner.office != Office.MEMBER}
    return [
        (winner.person_id, winner.role)
        for winner in winners
        if winner.office != Office.MEMBER or winner.person_id not in leaders
    ]


def _set_term(election: Election, organization: Organization, at: datetime) -> None:
    """Keep the former term for pages of earlier days, and set the new one."""
    on = election.held_on
    if organization.former_terms.filter(until__gte=on).exists():
        raise Refused(f"“{organization.name}”在{day(on)}或之后已有一次换届,请核对选举日期。")
    election.former_term = FormerTerm.objects.create(
        organization=organization, term_ends_on=organization.term_ends_on, until=on
    )
    election.term_ends_on = organization.term_ends_on = term_end(organization, on)
    organization.updated_at, organization.version = at, organization.version + 1
    organization.save(update_fields=["term_ends_on", "updated_at", "version"])
