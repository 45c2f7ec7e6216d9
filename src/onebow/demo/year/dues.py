"""What the members' dues are computed from, and one of them relieved."""

import random
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from functools import partial

from onebow.apps.affairs.models import DuesBase
from onebow.apps.affairs.months import shifted
from onebow.apps.affairs.services.bases_import import import_bases
from onebow.apps.affairs.services.reliefs import ReliefDraft, ask_relief, decide_relief
from onebow.apps.organizations.models import Membership, Organization, Person
from onebow.apps.organizations.models.organizations import within
from onebow.demo.story import Deed
from onebow.demo.year.telling import LATER, Year, noon

# So many members of every other branch were not asked yet: 未定基数 is no nought.
OPEN = 2
RETIRED_AT = 60


def dues(year: Year) -> Iterator[Deed]:
    """Lists of bases at the beginning of the year and for whoever came since; two reliefs: one decided, one waiting."""
    for share in (0.06, 0.62):
        yield year.share(share), LATER + 20, partial(_bases, year, year.share(share))
    yield year.last - timedelta(days=40), LATER + 20, partial(_relief, year, 0, year.last - timedelta(days=40))
    yield year.last - timedelta(days=2), LATER + 20, partial(_asked, year, 1, year.last - timedelta(days=2))


def _bases(year: Year, on: date) -> None:
    """A list for each branch of those whose base nobody set yet, as its officer would have it."""
    made = random.Random(20_260_901)  # noqa: S311 (made-up wages)
    known = set(DuesBase.objects.values_list("person_id", flat=True))
    for place, branch in enumerate(_branches()):
        people = _members(branch)
        asked = people if place % 2 else people[:-OPEN]
        rows = [_row(person, on, made) for person in asked if person.pk not in known]
        if rows:
            text = "\n".join(["姓名\t身份证号\t人员类别\t月工资", *rows])
            import_bases(branch.pk, text, on.replace(day=1), by=year.user("officer"), at=noon(on))


def _row(person: Person, on: date, made: random.Random) -> str:
    age = on.year - person.born_on.year if person.born_on else 40
    kind = "退休" if age >= RETIRED_AT else "在职"
    base = made.randrange(3_800, 5_800, 10) if kind == "退休" else made.randrange(4_200, 11_800, 10)
    return f"{person.name}\t{person.id_number}\t{kind}\t{base}"


def _asked(year: Year, which: int, on: date) -> int:
    """A member of the first branch whose dues are known."""
    branch = _branches()[0]
    people = [one.pk for one in _members(branch)]
    person_id = (
        DuesBase.objects.filter(person__in=people).order_by("person_id").values_list("person_id", flat=True)[which]
    )
    first = on.replace(day=1)
    draft = ReliefDraft(
        branch.pk, person_id, "reduced", Decimal(20), first, shifted(first, 5), on - timedelta(days=9),
        on - timedelta(days=2), "家属长期住院治疗,负担较重",
    )  # fmt: skip
    return ask_relief(draft, by=year.user("officer"), at=noon(on)).pk


def _relief(year: Year, which: int, on: date) -> None:
    pk, later = _asked(year, which, on), on + timedelta(days=1)
    told = {"approved": True, "reason": "同意", "number": f"示例机关党委〔{on.year}〕21号"}
    decide_relief(pk, **told, by=year.user("committee"), at=noon(later))  # type: ignore[arg-type]


def _branches() -> list[Organization]:
    kinds = (Organization.Kind.BRANCH, Organization.Kind.JOINT_BRANCH)
    return list(Organization.objects.filter(kind__in=kinds, ends_on=None).order_by("path"))


def _members(branch: Organization) -> list[Person]:
    rows = Membership.objects.filter(within(branch.path, "organization__path"), side="party", ends_on=None)
    return list(Person.objects.filter(pk__in=rows.values("person")).order_by("pk"))
