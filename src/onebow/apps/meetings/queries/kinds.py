"""Which kinds of meetings an organization holds on a day."""

from collections.abc import Sequence
from datetime import date

from onebow.apps.meetings.models import MeetingKind
from onebow.apps.organizations.models import Organization
from onebow.apps.plans.models import Occurrence
from onebow.apps.plans.queries.scopes import said_for

D = MeetingKind.DueTo


def kinds_for(organization: Organization, on: date) -> list[MeetingKind]:
    """Kinds that hold for an organization on a day and fit it; what is said nearer goes before what is said above."""
    nearest: dict[str, MeetingKind] = {}
    for kind in said_for(MeetingKind.objects.on(on), organization, on):
        nearest.setdefault(kind.key, kind)
    fitting = [kind for kind in nearest.values() if fits(kind, organization)]
    return sorted(fitting, key=lambda one: (one.order, one.pk))


def fits(kind: MeetingKind, organization: Organization) -> bool:
    """Whether an organization of this sort holds such meetings."""
    if kind.side != "both" and (kind.side == "party") != organization.is_party:
        return False
    is_group = organization.kind == Organization.Kind.GROUP
    if kind.due_to == D.GROUP:
        return is_group
    return not is_group or (kind.due_to in (D.INVITED, D.MEMBERS) and not kind.quorum)


def kind_answering(occurrence: Occurrence, kinds: Sequence[MeetingKind]) -> MeetingKind | None:
    """The first of the kinds that a duty names among those that its organization holds."""
    known = {kind.key: kind for kind in kinds}
    return next((known[key] for key in occurrence.duty.proof if key in known), None)
