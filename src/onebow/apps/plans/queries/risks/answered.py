"""The risk points for which a person answers on a day: as owner, by a post, by leading where they stand."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import BooleanField, Case, Count, Exists, OuterRef, Q, QuerySet, Value, When

from onebow.apps.base.ids import id_of
from onebow.apps.base.prepared import Prepared
from onebow.apps.organizations.models import Person, Post
from onebow.apps.organizations.queries.reach import Reach, within_any
from onebow.apps.organizations.queries.visible import people_for
from onebow.apps.plans.models import RiskLevel, RiskTie
from onebow.apps.plans.queries.risks.due import LATE, Standing, soon_after, standing_of
from onebow.apps.plans.queries.risks.listing import printed, standing_rows

# Posts that answer for all that their organization has to do.
LEADING = (Post.Role.SECRETARY, Post.Role.UNIT_HEAD)
OWN, POST, LED = "own", "post", "led"
WORDS = {OWN: "本人负责", POST: "岗位对应", LED: "所领导组织"}
# A paper holds no more rows; the page shows the first of them.
MOST = 200


@dataclass(frozen=True)
class RiskLine:
    """A risk point, and why the person answers for it."""

    point: Any
    standing: Standing
    ways: tuple[str, ...]

    @property
    def words(self) -> str:
        """All the ways, to be read in a line."""
        return "、".join(WORDS[way] for way in self.ways)

    @property
    def level(self) -> str:
        """The level of the day, in words."""
        return RiskLevel.Level(self.point.level).label if self.point.level else ""


@dataclass(frozen=True)
class Answered:
    """How many there are, in all, by each way and past their review, and the first rows of them."""

    whole: int
    ways: dict[str, int]
    late: int
    late_own: int
    lines: list[RiskLine]


def answered_by(rows: QuerySet[Any], person_id: int, led: Iterable[str], on: date) -> QuerySet[Any]:
    """Of rows of the list on a day those for which a person answers, with `is_own`, `is_post` and `is_led`.

    `led` are the paths of the organizations that the person led on that day.
    """
    held = Post.objects.on(on).filter(
        person=person_id, organization=OuterRef("point__organization"), role=OuterRef("role")
    )
    tied = RiskTie.objects.filter(Exists(held), point=OuterRef("pk")).exclude(role="")
    found = rows.annotate(
        is_own=_column(Q(owner=person_id)),
        is_post=Exists(tied),
        is_led=_column(within_any(led, "organization__path")),
    )
    return found.filter(Q(is_own=True) | Q(is_post=True) | Q(is_led=True))


def answered_of(person_id: int, led: Iterable[str], reach: Reach, on: date) -> Answered:
    """What of it the reader may see: those past their review first, then the person's own, then the gravest."""
    values = (reach, on, soon_after(on), person_id, tuple(sorted(led)))
    counted = _counts.rows(*values)
    lines = [_line(row, on) for row in _first.objects(*values)] if counted else []
    ways = {way: sum(row[-1] for row in counted if row[place]) for place, way in enumerate(WORDS)}
    late = [row for row in counted if row[3] == LATE]
    return Answered(
        sum(row[-1] for row in counted), ways, sum(row[-1] for row in late), sum(row[-1] for row in late if row[0]),
        lines,
    )  # fmt: skip


def _answered(reach: Reach, on: Any, near: Any, person_id: Any, led: tuple[Any, ...]) -> QuerySet[Any]:
    return answered_by(standing_rows(reach, on, near), person_id, led, on)


def _foremost(*values: Any) -> QuerySet[Any]:
    rows = _answered(*values).annotate(is_late=_column(Q(due=LATE)))
    return rows.order_by("-is_late", "-is_own", "grave", "next_on", "pk")[:MOST]


def _counted(*values: Any) -> QuerySet[Any, Any]:
    columns = (*(f"is_{way}" for way in WORDS), "due")
    return _answered(*values).order_by().values(*columns).annotate(many=Count("pk")).values_list(*columns, "many")


_first, _counts = Prepared(_foremost), Prepared(_counted)


def duty_choices(typed: str, reach: Reach) -> list[tuple[str, str]]:
    """What a list may be narrowed to for the person whom an address names; nothing where one may not know them."""
    pk = id_of(typed.partition("-")[0])
    person = people_for(reach).filter(pk=pk).only("name").first() if pk else None
    if person is None:
        return []
    return [
        (f"{pk}", f"{person.name}:全部"),
        *((f"{pk}-{way}", f"{person.name}:{word}") for way, word in WORDS.items()),
    ]


def in_duty(rows: QuerySet[Any], choice: str, on: date) -> QuerySet[Any]:
    """Rows of the list on a day narrowed to one of these choices."""
    number, _, way = choice.partition("-")
    posts = Post.objects.on(on).filter(person=int(number), role__in=LEADING)
    led = list(posts.order_by().values_list("organization__path", flat=True))
    found = answered_by(rows, int(number), led, on)
    return found.filter(**{f"is_{way}": True}) if way else found


def told_of(person: Person, found: Answered) -> str:
    """How many there are, in one sentence."""
    if not found.whole:
        return f"在可以查阅的范围内,没有由{person.name}负责、岗位对应或属于所领导组织的廉政风险点。"
    parts = [f"{WORDS[way]} {count} 个" for way, count in found.ways.items() if count]
    more = f"以下列出前 {MOST} 个。" if found.whole > MOST else ""
    return f"共 {found.whole} 个:{'、'.join(parts)};逾期未复查 {found.late} 个。{more}"


def printed_of(person: Person, found: Answered) -> str:
    """The same as papers write it: no blanks beside figures."""
    told = printed(told_of(person, found))
    return told.replace(" ", "") if found.whole else told


def _line(row: Any, on: date) -> RiskLine:
    return RiskLine(row, standing_of(row, on), tuple(way for way in WORDS if getattr(row, f"is_{way}")))


def _column(condition: Q) -> Case:
    # A condition that nothing fulfils is a number to PostgreSQL where it stands by itself.
    return Case(When(condition, then=Value(True)), default=Value(False), output_field=BooleanField())
