"""Who would head a planned branch until it elects: deputies first, then by standing."""

from collections.abc import Mapping, Sequence
from datetime import date

from onebow.apps.organizations.models import Person, Post
from onebow.apps.organizations.queries.restructuring.facts import Facts, Member
from onebow.apps.organizations.queries.restructuring.workplaces import Workplaces

# Of two with equal posts the one who has been a full member longer; whose date nobody knows comes last.
_ORDER = {Post.Role.UNIT_HEAD: 0, Post.Role.DEPUTY_HEAD: 1}


def leaders_for(groups: Mapping[int, Sequence[Member]], on: date) -> dict[int, int]:
    """For each group of members the full member who would head it; a group without full members has none."""
    people = [member.person_id for members in groups.values() for member in members if member.is_full]
    ranks: dict[int, int] = {}
    posts = Post.objects.on(on).filter(person__in=people, role__in=_ORDER)
    for person_id, role in posts.values_list("person_id", "role"):
        ranks[person_id] = min(ranks.get(person_id, len(_ORDER)), _ORDER[Post.Role(role)])
    since = dict(Person.objects.filter(pk__in=people).values_list("pk", "full_on"))
    found = {}
    for key, members in groups.items():
        full = [member.person_id for member in members if member.is_full]
        if full:
            found[key] = min(full, key=lambda one: (ranks.get(one, len(_ORDER)), since.get(one) or date.max, one))
    return found


def heads_of_units(places: Workplaces, facts: Facts) -> dict[int, int]:
    """Unit → its head, if a full member of this plan: who would head its general branch."""
    full = [member.person_id for member in facts.members if member.is_full]
    posts = Post.objects.on(facts.on).filter(role=Post.Role.UNIT_HEAD, organization__in=places.units, person__in=full)
    return dict(posts.order_by("-pk").values_list("organization_id", "person_id"))


def secretaries(organizations: list[int], on: date) -> dict[int, int]:
    """Party organization → its secretary."""
    posts = Post.objects.on(on).filter(role=Post.Role.SECRETARY, organization__in=organizations)
    return dict(posts.order_by("-pk").values_list("organization_id", "person_id"))
