"""A list of risk points held against what is registered: which of its rows are new, and what stands in the way."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from onebow.apps.base.filters import day
from onebow.apps.base.refusals import Refused
from onebow.apps.organizations.models import Link, Organization, Person
from onebow.apps.organizations.models.organizations import within
from onebow.apps.organizations.queries.reach import Operator, Reach, within_any
from onebow.apps.organizations.roster.text import compact, plain
from onebow.apps.plans.counting import latest_review
from onebow.apps.plans.lists.fates import BAD, DIFFERS, NEW, SAME, TICK, Fate, Reading
from onebow.apps.plans.lists.risks import RiskRow, held_of, read_rows
from onebow.apps.plans.models import RiskLevel, RiskList, RiskPoint
from onebow.apps.plans.queries.owners import Span, belongs, spans_of
from onebow.apps.plans.queries.risks.due import on_day
from onebow.apps.plans.queries.risks.words import Words, words_for
from onebow.apps.plans.rules import risks as rules
from onebow.apps.plans.rules.secrecy import check_not_secret

LEVELS = dict(RiskLevel.Level.choices)
Ticks = Mapping[int, Collection[int]]


@dataclass(frozen=True)
class RiskFate(Fate[RiskRow]):
    """A row of a risk point; `words` are the criteria that may be ticked at it."""

    WORDS = {NEW: "将登记", TICK: "待勾标准", SAME: "已登记", DIFFERS: "内容不同", BAD: "不能登记"}

    organization: Organization | None = None
    owner_id: int | None = None
    held: tuple[int, ...] = ()
    review_on: date | None = None
    point_id: int | None = None
    words: tuple[tuple[int, str], ...] = ()
    level: str = ""

    @property
    def counted(self) -> str:
        """The level that follows from the criteria, in words."""
        return LEVELS.get(self.level, "")

    @property
    def difference(self) -> str:
        """What the list says of the level, where the counting says something else."""
        said = self.row.level
        if not said or not self.level or said == self.level:
            return ""
        return f"清单写“{self.row.level_said[:20]}”,按标准算{self.counted},以计算为准。"


@dataclass(frozen=True)
class RiskReading(Reading[RiskFate]):
    """With the heads of columns that were not read."""

    unread: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class _Known:
    """What the rows are held against, read at once."""

    today: date
    organizations: dict[str, list[Organization]]
    paths: dict[int, tuple[str, ...]]
    people: dict[str, list[Person]]
    spans: dict[int, list[Span]]
    points: dict[tuple[int, str], Any]
    words: Words
    twice: Counter[tuple[str, str]]


def read_risks(text: str, authority: Reach | Operator, today: date, ticks: Ticks | None = None) -> RiskReading:
    """What a pasted list would register on that authority; a fixed number of statements, nothing is written."""
    found = read_rows(text, today.year)
    if found.problem:
        return RiskReading(problem=found.problem)
    known = _known(found.rows, authority, today)
    fates = [_fate(row, known, (ticks or {}).get(row.line, ())) for row in found.rows]
    return RiskReading(fates, unread=found.unread)


def _known(rows: list[RiskRow], authority: Reach | Operator, today: date) -> _Known:
    named = _organizations({row.organization for row in rows}, authority)
    every = [one for same in named.values() for one in same]
    people = _people(rows)
    first = every[0] if every else None
    return _Known(
        today, named, _paths(every, today), people, spans_of(one.pk for same in people.values() for one in same),
        _points(every, today), _words(first, today), Counter(map(_key, rows)),
    )  # fmt: skip


def _words(organization: Organization | None, today: date) -> Words:
    """The criteria as the office words them; numbers alone where there are several offices with words of their own."""
    lists = RiskList.objects.on(today).filter(key=RiskList.Key.CRITERIA)[:2]
    return words_for(organization if len(lists) == 1 else None, today)


def _organizations(names: set[str], authority: Reach | Operator) -> dict[str, list[Organization]]:
    """Those that one may write for, by name; all of them under the empty name where there is one alone."""
    rows = Organization.objects.filter(ends_on=None).exclude(kind=Organization.Kind.SERVICE_CHAIN).order_by("path")
    if isinstance(authority, Reach):
        rows = rows.filter(within_any((*authority.managed, *authority.led)))
    every = list(rows)
    found: dict[str, list[Organization]] = {"": every} if "" in names and len(every) == 1 else {}
    wanted = {compact(name) for name in names}
    for one in every:
        if (name := compact(one.name)) in wanted:
            found.setdefault(name, []).append(one)
    return found


def _paths(organizations: list[Organization], today: date) -> dict[int, tuple[str, ...]]:
    """Where the people of each lie: as `owning_paths` says for one, for all of them by one statement."""
    about = Link.objects.none()
    if organizations:
        ends = [within(one.path, side) for one in organizations for side in ("source__path", "target__path")]
        condition = ends[0]
        for end in ends[1:]:
            condition |= end
        kinds = (Link.Kind.COVERS, Link.Kind.SET_IN)
        about = Link.objects.on(today).filter(condition, kind__in=kinds)
    pairs = list(about.values_list("source__path", "target__path"))
    return {
        one.pk: (one.path, *(path for pair in pairs if any(end.startswith(one.path) for end in pair) for path in pair))
        for one in organizations
    }


def _people(rows: Iterable[RiskRow]) -> dict[str, list[Person]]:
    found: dict[str, list[Person]] = {}
    living = Person.objects.filter(merged_into=None, erased_on=None, name__in={row.owner for row in rows if row.owner})
    for person in living.order_by("pk"):
        found.setdefault(person.name, []).append(person)
    return found


def _points(organizations: list[Organization], today: date) -> dict[tuple[int, str], Any]:
    """What stands in these organizations, with its level and next review, by its matter as a list would tell it."""
    rows = RiskPoint.objects.filter(organization__in=organizations, state=RiskPoint.State.ACTIVE)
    shown = on_day(rows, today).select_related("owner").prefetch_related("levels")
    return {(one.organization_id, plain(one.matter)): one for one in shown}


def _fate(row: RiskRow, known: _Known, ticked: Collection[int]) -> RiskFate:
    if row.problem:
        return RiskFate(row, BAD, row.problem)
    if known.twice[_key(row)] > 1:
        return RiskFate(row, BAD, "清单里有两行同一组织的同一事项,请合并成一行。")
    try:
        organization = _organization(row, known)
        if (point := known.points.get((organization.pk, plain(row.matter)))) is not None:
            return _standing(row, point, organization, known)
        return _new(row, organization, known, ticked)
    except Refused as refused:
        return RiskFate(row, BAD, str(refused))


def _key(row: RiskRow) -> tuple[str, str]:
    return compact(row.organization), plain(row.matter)


def _organization(row: RiskRow, known: _Known) -> Organization:
    found = known.organizations.get(compact(row.organization), [])
    if not row.organization and not found:
        raise Refused("没有写组织(科室或支部)。")
    if not found:
        raise Refused(f"您可以登记的组织中没有“{row.organization[:30]}”,请按系统中的全称填写。")
    if len(found) > 1:
        raise Refused(f"有 {len(found)} 个组织叫“{row.organization[:30]}”,请在页面上逐个登记。")
    return found[0]


def _new(row: RiskRow, organization: Organization, known: _Known, ticked: Collection[int]) -> RiskFate:
    for label, words in (("权力事项或环节", row.matter), ("防控措施", row.measure)):
        check_not_secret(label, words)
    owner = _owner(row, organization, known)
    last = latest_review(known.today, known.today)
    rules.check_next_review(row.review_on or last, known.today, known.today)
    notes = [*row.notes] if row.review_on else [*row.notes, f"没有写下次复查,定为最晚的{day(last)}。"]
    held = _held(row, known) or tuple(ticked)
    level = rules.level_of(held, known.today).value if held else ""
    fate = NEW if held else TICK
    return RiskFate(
        row, fate, " ".join(notes), organization, owner, held, row.review_on or last,
        words=() if row.held_said else tuple(known.words.choices), level=level,
    )  # fmt: skip


def _owner(row: RiskRow, organization: Organization, known: _Known) -> int:
    """Of one name in the organization there must be one alone."""
    paths = known.paths[organization.pk]
    named = known.people.get(row.owner, [])
    fitting = [one for one in named if any(belongs(known.spans.get(one.pk, ()), path, known.today) for path in paths)]
    if len(fitting) == 1:
        return fitting[0].pk
    if fitting:
        raise Refused(
            f"“{organization.name}”有 {len(fitting)} 名“{row.owner[:20]}”,请在页面上登记这一条并选定是哪一位。"
        )
    if len(row.owner) > 4 and any(sign in row.owner for sign in "、,;/ "):
        raise Refused(f"责任人“{row.owner[:30]}”像是不止一人,请只写一人。")
    raise Refused(f"“{organization.name}”和它覆盖的单位中没有“{row.owner[:20]}”,请核对姓名。")


def _held(row: RiskRow, known: _Known) -> tuple[int, ...]:
    if not row.held_said:
        return ()
    held = held_of(row.held_said, known.words.criteria)
    if held is None:
        raise Refused(f"看不懂符合的标准“{row.held_said[:30]}”,请写序号,例如“1、3”。")
    return held


def _standing(row: RiskRow, point: Any, organization: Organization, known: _Known) -> RiskFate:
    """What is registered is never overwritten by a list: what differs is told."""
    level = next((one for one in point.levels.all() if one.ends_on is None), None)
    told = []
    if plain(point.owner.name) != row.owner:
        told.append(f"责任人登记为{point.owner.name}")
    if plain(point.measure) != plain(row.measure):
        told.append("防控措施的文字不同")
    if level and (held := _held(row, known)) and list(held) != level.held:
        told.append(f"符合的标准登记为{'、'.join(map(str, level.held))}")
    if row.review_on and row.review_on != point.next_on:
        told.append(f"下次复查登记为{day(point.next_on)}")
    note = f"{';'.join(told)}。没有改动,请在风险点页上修改或复查。" if told else ""
    fate = DIFFERS if told else SAME
    counted = level.level if level else ""
    return RiskFate(row, fate, note, organization, point.owner_id, point_id=point.pk, level=counted)
