"""What stands in the way of approving a plan, each with the page on which it is mended."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from onebow.apps.organizations.models import Organization, Person
from onebow.apps.organizations.queries.succession import successors_of
from onebow.apps.plans.models import Category, Item, Plan, Tie
from onebow.apps.plans.queries.outline import ItemRow
from onebow.apps.plans.queries.owners import Span, belongs, heads_of, last_day, spans_of
from onebow.apps.plans.queries.requirements import Requirements, requirements_of_plan
from onebow.apps.plans.queries.ties import first_circle

Judged = Item | ItemRow
# Addresses of the pages on which things are mended, without "plans:".
EDIT, REQUIREMENTS, POINT, TIES = "item_edit", "item_requirements", "key_point", "item_ties"
# An item that was approved is mended by a request.
REQUEST = "change_new"


@dataclass(frozen=True)
class Hindrance:
    """One thing to mend: its sort, what is wrong with which item, what to do, and on which page of which thing."""

    sort: str
    title: str
    words: str
    remedy: str
    page: str
    target: int
    item_id: int
    # How many items the same remedy helps.
    count: int = 1

    def __str__(self) -> str:
        return f"“{self.title}”{self.words},{self.remedy}"


@dataclass(frozen=True)
class _Known:
    """What is needed to judge all items, read at once."""

    texts: Requirements
    spans: Mapping[int, Sequence[Span]]
    heads: Mapping[int, Person]
    successors: Mapping[int, Organization]
    today: date


def draft_items(plan: Plan) -> list[Item]:
    """The items that wait to be approved."""
    rows = plan.items.filter(state=Item.State.DRAFT).select_related("organization", "person", "key_point", "kind")
    return list(rows.order_by("key_point__order", "due_on", "pk"))


def hindrances_of(
    plan: Plan,
    items: Sequence[Judged],
    today: date,
    texts: Requirements | None = None,
    *,
    whole: bool = False,
    circles: bool = True,
) -> list[Hindrance]:
    """All hindrances of these items, in their order; a circle last, if `circles` are looked for.

    Of an item that was approved only that its owner ended or left, unless the `whole` is asked for.
    """
    known = _known(plan, items, today, texts)
    found = [one for item in items for one in _of_item(item, known, whole=whole)]
    return [*found, *(_circle([item for item in items if item.state == Item.State.DRAFT]) if circles else ())]


def _of_item(item: Judged, known: _Known, *, whole: bool) -> list[Hindrance]:
    """Empty requirements, nobody in charge, no due day, an owner that is no more or a person who left."""
    if item.state == Item.State.DRAFT:
        return [*_missing(item, known), *_owner(item, known)]
    rows = [*(_missing(item, known) if whole else ()), *_owner(item, known)]
    return [replace(one, page=REQUEST) for one in rows]


def _known(plan: Plan, items: Sequence[Judged], today: date, texts: Requirements | None) -> _Known:
    texts = texts or requirements_of_plan(plan.pk, {item.kind_id for item in items})
    spans = spans_of(item.person_id for item in items if item.person_id)
    ended = {item.organization_id for item in items if not item.organization.holds_on(today)}
    after = successors_of(ended, today) if ended else {}
    rows = Organization.objects.in_bulk(after.values()) if after else {}
    return _Known(texts, spans, _heads(items, spans, today), {old: rows[new] for old, new in after.items()}, today)


def _heads(items: Sequence[Judged], spans: Mapping[int, Sequence[Span]], today: date) -> dict[int, Person]:
    """Who is proposed: read only if somebody left."""
    gone = {item.organization_id for item in items if item.person_id and not _is_there(item, spans, today)}
    return heads_of(gone, today) if gone else {}


def _is_there(item: Judged, spans: Mapping[int, Sequence[Span]], today: date) -> bool:
    on = last_day(item.starts_on, item.due_on, today)
    return belongs(spans.get(item.person_id or 0, ()), item.organization.path, on)


def _missing(item: Judged, known: _Known) -> Iterable[Hindrance]:
    for category in known.texts.missing(item.pk, item.key_point_id, item.kind_id):
        yield _missing_text(item, category)
    if item.person_id is None:
        yield Hindrance("person", item.title, "没有责任人", "请选一名责任人", EDIT, item.pk, item.pk)
    if item.due_on is None:
        yield Hindrance("due", item.title, "没有完成期限", "请填写完成期限", EDIT, item.pk, item.pk)


def _missing_text(item: Judged, category: Category) -> Hindrance:
    words = f"没有{category.label}"
    if item.key_point is None:
        remedy = "请在事项上写明,或先把它归入工作要点"
        return Hindrance(category, item.title, words, remedy, REQUIREMENTS, item.pk, item.pk)
    remedy = f"请在要点“{item.key_point.title}”或事项上写明"
    return Hindrance(category, item.title, words, remedy, POINT, item.key_point.pk, item.pk)


def _owner(item: Judged, known: _Known) -> Iterable[Hindrance]:
    unit = item.organization
    if not unit.holds_on(known.today):
        after = known.successors.get(unit.pk)
        remedy = f"承继它的是“{after.name}”,请改为它" if after else "请另选主责单位"
        yield Hindrance("owner", item.title, f"的主责单位“{unit.name}”已撤销", remedy, EDIT, item.pk, item.pk)
    elif item.person and not _is_there(item, known.spans, known.today):
        head = known.heads.get(unit.pk)
        remedy = f"现任负责人是{head.name},请改选" if head and head.pk != item.person_id else "请另选责任人"
        words = f"的责任人{item.person.name}已不在“{unit.name}”"
        yield Hindrance("left", item.title, words, remedy, EDIT, item.pk, item.pk)


def _circle(items: Sequence[Judged]) -> list[Hindrance]:
    titles = {item.pk: item.title for item in items}
    if len(items) < 2:
        return []
    pairs = Tie.objects.open().filter(kind=Tie.Kind.AFTER, source__in=titles, target__in=titles)
    way = first_circle(pairs.values_list("source_id", "target_id"))
    if not way:
        return []
    words = "的先后关系首尾相接:" + " → ".join(f"“{titles[pk]}”" for pk in way)
    return [Hindrance("circle", titles[way[0]], words, "请去掉其中一处", TIES, way[0], way[0])]


def grouped(found: Iterable[Hindrance]) -> list[Hindrance]:
    """Those that one remedy mends as one, with how many items it helps; the greatest first."""
    rows: dict[tuple[str, str, int], Hindrance] = {}
    for one in found:
        key = (one.sort, one.page, one.target)
        rows[key] = replace(rows[key], count=rows[key].count + 1) if key in rows else one
    return sorted(rows.values(), key=lambda one: -one.count)
