"""What transfers should not be forgotten: letters without a receipt, and members whose relation should move."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Exists, F, Max, OuterRef, Q, QuerySet

from onebow.apps.affairs.models import Transfer
from onebow.apps.affairs.queries.transfers import transfers_for
from onebow.apps.base.filters import day
from onebow.apps.organizations.models import Membership, Person
from onebow.apps.organizations.queries.reach import Reach, lying_under
from onebow.cores.regulations.facts import months_after
from onebow.cores.regulations.table import Rule, rule

# So many of each sort stand there; how many there are is told.
MOST = 5
# Of open letters so many are looked through: nobody leaves more lying about.
LETTERS = 300
Side = Membership.Side


@dataclass(frozen=True)
class Reminder:
    """One of them. `transfer_id`: its letter; else the person for whom none was written."""

    person: Person
    words: str
    transfer_id: int | None = None


@dataclass
class Reminders:
    """All of a sort, the next few of them, and the rule that asks for it."""

    key: str
    title: str
    ground: Rule | None
    total: int = 0
    few: list[Reminder] = field(default_factory=list)

    def add(self, reminder: Reminder) -> None:
        """One more."""
        self.total += 1
        if len(self.few) < MOST:
            self.few.append(reminder)


def reminders_for(reach: Reach, today: date) -> list[Reminders]:
    """Those that hold something: five statements."""
    found = [*_letters(reach, today), _away(reach, today), _elsewhere(reach, today)]
    return [one for one in found if one.total]


def _letters(reach: Reach, today: date) -> list[Reminders]:
    """Letters whose time is over or nearly so, and those without a receipt for too long; each is told once."""
    ground = rule("MBR-RECEIPT", on=today)
    over = Reminders("over", "介绍信已过有效期", rule("MBR-LETTER", on=today))
    near = Reminders("near", "介绍信即将到期", ground)
    late = Reminders("late", "久未收到回执", ground)
    rows = transfers_for(reach).filter(state=Transfer.State.ISSUED).select_related("person", "source", "target")
    for row in rows.order_by("valid_until", "pk")[:LETTERS]:
        to = f"{row.from_words} → {row.to_words}"
        if row.valid_until < today:
            over.add(Reminder(row.person, f"{to},有效期至{day(row.valid_until)}", row.pk))
        elif ground and row.valid_until - today <= timedelta(days=ground.number("near_days")):
            near.add(Reminder(row.person, f"{to},有效期至{day(row.valid_until)}", row.pk))
        elif ground and today - row.issued_on > timedelta(days=ground.number("days")):
            late.add(Reminder(row.person, f"{to},已开出 {(today - row.issued_on).days} 天", row.pk))
    return [over, near, late]


def _away(reach: Reach, today: date) -> Reminders:
    """Members who work here no more for as long as the rule says, and whose relation stayed."""
    ground = rule("MBR-RELATION", on=today)
    found = Reminders("away", "已离开工作单位,组织关系还在", ground)
    if ground is None:
        return found
    limit = months_after(today, -ground.number("away_months"))
    led = (*reach.managed, *reach.led)
    here = Membership.objects.filter(lying_under(led), side=Side.PARTY, ends_on=None)
    works = Membership.objects.filter(person=OuterRef("pk"), side=Side.STAFF)
    people = Person.objects.filter(pk__in=here.values("person"), merged_into=None)
    people = people.filter(~Exists(works.filter(ends_on=None)), ~Exists(_open_letters()))
    left = people.annotate(
        left_on=Max("memberships__ends_on", filter=Q(memberships__side=Side.STAFF))
    ).filter(left_on__lte=limit)  # fmt: skip
    rows = left.defer("id_number", "phone").order_by("left_on", "pk")
    found.few = [Reminder(row, f"{day(row.left_on)}离开工作单位") for row in rows[:MOST]]
    found.total = len(found.few) if len(found.few) < MOST else left.count()
    return found


def _elsewhere(reach: Reach, today: date) -> Reminders:
    """Regular staff whose relation is with another unit; whoever is lent, sent or part-time leaves it there."""
    found = Reminders("elsewhere", "已在本单位工作,组织关系还在外单位", rule("MBR-RELATION", on=today))
    led = (*reach.managed, *reach.led)
    rows = Membership.objects.filter(lying_under(led), side=Side.STAFF, ends_on=None)
    rows = rows.filter(engagement=Membership.Engagement.REGULAR).exclude(relation_elsewhere="")
    rows = rows.filter(person__standing__in=Person.MEMBERS).exclude(Exists(_open_letters("person")))
    told = rows.select_related("person").order_by(F("starts_on").asc(nulls_first=True), "pk")
    found.few = [Reminder(row.person, f"组织关系在{row.relation_elsewhere}") for row in told[:MOST]]
    found.total = len(found.few) if len(found.few) < MOST else rows.count()
    return found


def _open_letters(field: str = "pk") -> QuerySet[Transfer]:
    return Transfer.objects.filter(person=OuterRef(field), state=Transfer.State.ISSUED)
