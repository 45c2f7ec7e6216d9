"""Who would head a planned branch until it elects: deputies first, then by standing."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
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


@dataclass(frozen=True)
class GeneralHead:
    """Who would head a general branch; why, where it is not simply the head of the unit (no names: it is kept)."""

    person_id: int
    words: str = ""


def heads_of_generals(
    generals: Mapping[int, tuple[int | None, Sequence[Member]]], places: Workplaces, facts: Facts
) -> dict[int, GeneralHead]:
    """Who would head each general branch, given its unit and the members below it; none without full members.

    The head of the unit, its deputy, the head of the section with most members, then as in a branch: always a full
    member below it. All but the first are provisional guesses, and say so.
    """
    leading = _leading([unit for unit, _ in generals.values() if unit], facts.on)
    found = {}
    for key, (unit, members) in generals.items():
        full = {member.person_id for member in members if member.is_full}
        heads, deputies = ([pk for one, pk in leading.get(unit or 0, ()) if one == role] for role in _ORDER)
        if head := next((pk for pk in heads if pk in full), None):
            found[key] = GeneralHead(head)
            continue
        why = "单位负责人不是编入其中的正式党员" if heads else "单位没有登记负责人"
        if deputy := next((pk for pk in deputies if pk in full), None):
            found[key] = GeneralHead(deputy, f"{why},负责人暂定为单位的副职")
        elif section := _largest_led(members, full, facts):
            words = f"{why},负责人暂定为党员最多的科室“{places.nodes[section].name}”的负责人"
            found[key] = GeneralHead(facts.heads[section], words)
        elif other := leaders_for({key: members}, facts.on).get(key):
            words = f"{why},科室负责人中也没有正式党员,负责人暂定为在科室任副职的或转正最早的党员"
            found[key] = GeneralHead(other, words)
    return found


def _leading(units: Sequence[int], on: date) -> dict[int, list[tuple[str, int]]]:
    """Unit → roles and people who lead it, the longest in office first."""
    found: dict[int, list[tuple[str, int]]] = {}
    posts = Post.objects.on(on).filter(role__in=_ORDER, organization__in=units).order_by("pk")
    for unit, role, person_id in posts.values_list("organization_id", "role", "person_id"):
        found.setdefault(unit, []).append((role, person_id))
    return found


def _largest_led(members: Sequence[Member], full: set[int], facts: Facts) -> int | None:
    """The section with most of these members, of those whose head is a full member among them."""
    counts = Counter(member.section_id for member in members if member.section_id)
    led = [section for section in counts if facts.heads.get(section) in full]
    return min(led, key=lambda section: (-counts[section], section), default=None)


def secretaries(organizations: list[int], on: date) -> dict[int, int]:
    """Party organization → its secretary."""
    posts = Post.objects.on(on).filter(role=Post.Role.SECRETARY, organization__in=organizations)
    return dict(posts.order_by("-pk").values_list("organization_id", "person_id"))
