"""A list held against a plan: what each of its rows would become. Writes nothing."""

import hashlib
import re
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from difflib import get_close_matches

from onebow.apps.base.refusals import Refused
from onebow.apps.organizations.models import Organization, Person
from onebow.apps.organizations.roster.text import compact
from onebow.apps.plans.lists.days import read_days
from onebow.apps.plans.lists.rows import ItemList, ListRow, read_list
from onebow.apps.plans.models import Category, ItemKind, Plan, Side
from onebow.apps.plans.queries.facts import facts_of
from onebow.apps.plans.queries.owners import belongs, last_day, people_of, spans_of
from onebow.apps.plans.queries.requirements import requirements_of_plan
from onebow.apps.plans.services.drafting import ItemDraft, values_of

NEW, KNOWN, BAD = "new", "known", "bad"
FATES = {NEW: "新增", KNOWN: "已在计划中", BAD: "不导入"}
SEVERAL = re.compile("[、,,;;/\n 和及]+")
MOST_HOURS = Decimal(100_000)


@dataclass
class RowFate:
    """What becomes of a row; `draft` of those that are new, `point` the title of its key point."""

    row: ListRow
    fate: str
    title: str
    key: str = ""
    point: str = ""
    draft: ItemDraft | None = None
    texts: dict[str, str] = field(default_factory=dict)
    organization: str = ""
    person: str = ""
    side: str = ""

    @property
    def word(self) -> str:
        """In Chinese."""
        return FATES[self.fate]


@dataclass(frozen=True)
class ImportPlan:
    """The list as it was read, and the fate of each row."""

    found: ItemList
    fates: list[RowFate]

    def count(self, fate: str) -> int:
        """How many rows share a fate."""
        return sum(one.fate == fate for one in self.fates)

    @property
    def points(self) -> list[str]:
        """Key points that the new rows name."""
        return list(dict.fromkeys(one.point for one in self.fates if one.fate == NEW and one.point))


def plan_import(plan: Plan, text: str, today: date, *, kind_id: int | None = None) -> ImportPlan:
    """Read a list and hold it against the plan."""
    found = read_list(text)
    if found.problem:
        return ImportPlan(found, [])
    return ImportPlan(found, _Matcher(plan, today, kind_id).fates(found.rows))


class _Matcher:
    """Names of the list → rows of the database, all read at once."""

    def __init__(self, plan: Plan, today: date, kind_id: int | None) -> None:
        self.plan, self.facts = plan, facts_of(plan, today)
        self.fallback = self.facts.kinds.get(kind_id or 0)
        self.kinds = {compact(kind.name): kind for kind in self.facts.kinds.values()}
        self.owners: dict[str, list[Organization]] = {}
        for one in self.facts.owners.values():
            self.owners.setdefault(compact(one.name), []).append(one)
        people = list(people_of(plan.organization, self.facts.on))
        self.people: dict[str, list[Person]] = {}
        for person in people:
            self.people.setdefault(compact(person.name), []).append(person)
        self.facts.people = {person.pk: person for person in people}
        self.facts.spans = spans_of(person.pk for person in people)
        self.points = {compact(point.title): point for point in self.facts.points.values()}
        self.keys = set(plan.items.exclude(source_key="").values_list("source_key", flat=True))
        self.texts = requirements_of_plan(plan.pk, self.facts.kinds)
        self.seen: Counter[str] = Counter()

    def fates(self, rows: list[ListRow]) -> list[RowFate]:
        return [self.fate(row) for row in rows]

    def fate(self, row: ListRow) -> RowFate:
        cells = row.cells
        title, point = cells.get("title", "")[:200], cells.get("key_point", "")[:200]
        fate = RowFate(row, BAD, title, self.key_of(row), point)
        if len(cells.get("title", "")) > 200:
            row.say("warn", "title", "超过 200 字,只取前 200 字。", "详细内容请放在“内容”一列。")
        draft = self.draft_of(row, fate)
        if draft is None or row.is_bad:
            return fate
        if fate.key in self.keys:
            fate.fate = KNOWN
            return fate
        try:
            values_of(draft, self.facts)
        except Refused as refused:
            row.say("bad", "organization", str(refused))
            return fate
        fate.draft, fate.fate = draft, NEW
        fate.texts = self.own_texts(row, draft)
        return fate

    def key_of(self, row: ListRow) -> str:
        """The same row of the same list has the same key; a second one like it in the list another."""
        words = [compact(row.cells.get(name, "")) for name in ("key_point", "title", "organization", "due_on")]
        digest = hashlib.sha256("\t".join(words).encode()).hexdigest()[:48]
        self.seen[digest] += 1
        return digest if self.seen[digest] == 1 else f"{digest}-{self.seen[digest]}"

    def draft_of(self, row: ListRow, fate: RowFate) -> ItemDraft | None:
        owner, others = self.owner_of(row)
        kind = self.kind_of(row, owner)
        if kind is None or owner is None:
            return None
        fate.organization, fate.side = owner.name, kind.side
        starts_on, due_on = self.days_of(row)
        person = self.person_of(row, owner, last_day(starts_on, due_on, self.facts.today))
        fate.person = person.name if person else ""
        point = self.points.get(compact(row.cells.get("key_point", "")))
        return ItemDraft(
            kind_id=kind.pk,
            title=row.cells.get("title", "")[:200],
            organization_id=owner.pk,
            person_id=person.pk if person else None,
            key_point_id=point.pk if point else None,
            starts_on=starts_on,
            due_on=due_on,
            hours=self.hours_of(row),
            text=row.cells.get("text", "")[:2000],
            units=tuple(self.units_of(row, others, kind.side)),
        )

    def kind_of(self, row: ListRow, owner: Organization | None) -> ItemKind | None:
        name = compact(row.cells.get("kind", ""))
        kind = self.kinds.get(name) if name else None
        if kind is not None:
            return kind
        if name:
            near = get_close_matches(name, self.kinds, 1, 0.4)
            hint = f"是不是“{near[0]}”?" if near else f"可用的类别:{'、'.join(list(self.kinds)[:8])}。"
            row.say("warn" if self.fallback else "bad", "kind", "没有这个类别。", hint)
        if self.fallback is None and not name and owner is not None:
            side = Side.PARTY if owner.is_party else Side.BUSINESS
            # Nobody is taken to travel, or to decide a case, because a column was left out.
            plain = sorted(self.facts.kinds.values(), key=lambda one: one.is_trip or one.is_statutory)
            kind = next((one for one in plain if one.side == side), None)
            if kind:
                row.say("info", "kind", f"没有写类别,按“{kind.name}”列入。", "列入后可以在事项上修改。")
            else:
                row.say("bad", "kind", "没有可用的事项类别。", "请先应用工作法。")
        return kind or self.fallback

    def owner_of(self, row: ListRow) -> tuple[Organization | None, list[Organization]]:
        """Who is in charge; of several that are named together the first, the others assist."""
        text = row.cells.get("organization", "")
        if not text:
            row.say("info", "organization", f"没有写主责单位,按“{self.plan.organization.name}”列入。")
            own = self.facts.owners.get(self.plan.organization_id)
            return own, []
        found = self.named(row, "organization", text)
        if len(found) > 1:
            row.say("info", "organization", f"列了多个单位,“{found[0].name}”为主责,其余为协办。")
        if not found and not row.is_bad:
            row.say("bad", "organization", "找不到主责单位。")
        return (found[0] if found else None), found[1:]

    def named(self, row: ListRow, name: str, text: str) -> list[Organization]:
        whole = self.owners.get(compact(text))
        words = [text] if whole else [word for word in SEVERAL.split(text) if word]
        found: list[Organization] = []
        severity = "bad" if name == "organization" else "warn"
        for word in words:
            hits = self.owners.get(compact(word), [])
            if len(hits) == 1:
                found.append(hits[0])
            elif hits:
                row.say(severity, name, f"计划范围内有 {len(hits)} 个“{word}”,无法确定是哪一个。", "请写全称。")
            else:
                near = get_close_matches(compact(word), self.owners, 1, 0.5)
                row.say(
                    severity, name, f"计划范围内没有“{word[:30]}”。", f"是不是“{near[0]}”?" if near else "请核对名称。"
                )
        return list(dict.fromkeys(found))

    def units_of(self, row: ListRow, others: list[Organization], side: str) -> list[int]:
        text = row.cells.get("units", "")
        found = [*others, *(self.named(row, "units", text) if text else ())]
        wrong = [one.name for one in found if one.is_party != (side == Side.PARTY)]
        if wrong:
            row.say("warn", "units", f"{'、'.join(wrong)}与事项不在同一侧,没有列为协办。", "党建与业务之间请用挂钩。")
        return [one.pk for one in found if one.name not in wrong]

    def person_of(self, row: ListRow, owner: Organization, on: date) -> Person | None:
        text = row.cells.get("person", "")
        names = [word for word in SEVERAL.split(text) if word]
        if not names:
            return None
        if len(names) > 1:
            row.say("info", "person", f"写了多人,“{names[0]}”为责任人。", "其余的请加为参与人员。")
        there = [
            person
            for person in self.people.get(compact(names[0]), [])
            if belongs(self.facts.spans.get(person.pk, ()), owner.path, on)
        ]
        if len(there) == 1:
            return there[0]
        why = f"“{owner.name}”有 {len(there)} 个“{names[0]}”" if there else f"“{owner.name}”没有“{names[0][:20]}”"
        row.say("warn", "person", f"{why},责任人留空。", "列入后请在事项上选择。")
        return None

    def days_of(self, row: ListRow) -> tuple[date | None, date | None]:
        due = read_days(row.cells.get("due_on"), self.plan.year)
        begins = read_days(row.cells.get("starts_on"), self.plan.year)
        for name, days in (("due_on", due), ("starts_on", begins)):
            if days.problem:
                row.say("warn", name, days.problem)
            elif days.note:
                row.say("info", name, days.note)
        starts_on = begins.starts_on or begins.due_on or due.starts_on
        if starts_on and due.due_on and due.due_on < starts_on:
            row.say("warn", "starts_on", "开始时间晚于完成时限,开始时间留空。")
            starts_on = None
        return starts_on, due.due_on

    def hours_of(self, row: ListRow) -> Decimal | None:
        text = compact(row.cells.get("hours", "")).removesuffix("小时").removesuffix("学时")
        if not text:
            return None
        try:
            hours = Decimal(text).quantize(Decimal("0.01"))
        except InvalidOperation:
            hours = Decimal(-1)
        if 0 <= hours < MOST_HOURS:
            return hours
        row.say("warn", "hours", "工时不是合适的数字,留空。")
        return None

    def own_texts(self, row: ListRow, draft: ItemDraft) -> dict[str, str]:
        """Requirements that differ from what the key point and the kind say: only exceptions are kept."""
        stated = self.texts.of(0, draft.key_point_id, draft.kind_id)
        told = {category.value: row.cells.get(category, "")[:500] for category in Category}
        return {
            key: text for key, text in told.items() if text and not (key in stated and stated[key].text == text)
        }  # fmt: skip


def shared_texts(fates: list[RowFate], known: Collection[str]) -> dict[str, dict[str, str]]:
    """By new key point, what all its new rows require in the same words: said once, at the key point."""
    found: dict[str, dict[str, str]] = {}
    for title in dict.fromkeys(one.point for one in fates if one.point and compact(one.point) not in known):
        rows = [one.texts for one in fates if one.point == title]
        first = rows[0]
        found[title] = {
            key: text for key, text in first.items() if len(rows) > 1 and all(row.get(key) == text for row in rows)
        }
    return found
