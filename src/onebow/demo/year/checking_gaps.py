"""Scenario E12 held against the year: four kinds of checks, three ways of making good, closed by another person."""

from collections import Counter
from collections.abc import Iterator
from datetime import date

from onebow.apps.plans.checking.sorts import ABOUT, WAYS
from onebow.apps.plans.models import CheckRun, Gap
from onebow.apps.plans.queries.checks.words import lateness
from onebow.demo.lines import Line

KINDS = dict(CheckRun.Kind.choices)


def e12(today: date) -> Iterator[Line]:
    """Its lines."""
    kinds = Counter(CheckRun.objects.values_list("kind", flat=True))
    told = "、".join(f"{label} {kinds[kind]} 次" for kind, label in KINDS.items())
    seen = Gap.objects.count()
    yield Line(
        "E12",
        "月总结、季讲评、半年总结、专项整治四种检查找出脱节、遗忘",
        f"{told};发现 {seen} 项",
        all(kinds[kind] for kind in KINDS) and seen > 0,
        "检查讲评 /checks/",
    )
    closed = list(Gap.objects.filter(state=Gap.State.CLOSED).select_related("person").order_by("-mended_on", "pk"))
    ways = Counter(ABOUT[gap.sort].way for gap in closed)
    yield Line(
        "E12",
        "缺课补课、缺失完善、不足补齐,各有销号的",
        f"已销号 {len(closed)}/{seen} 项:" + "、".join(f"{word} {ways[way]} 项" for way, word in WAYS.items()),
        all(ways[way] for way in WAYS),
        "脱节遗忘 /gaps/?state=closed",
    )
    yield from _another(closed, today)
    yield _apart()


def _another(closed: list[Gap], today: date) -> Iterator[Line]:
    own = [gap for gap in closed if gap.person and gap.person.user_id == gap.closed_by_id]
    late = next((gap for gap in closed if not ABOUT[gap.sort].lacks), None)
    yield Line(
        "E12",
        "销号由责任人以外的另一个人办理,原定期限和逾期天数保留",
        f"自己销号的 {len(own)} 项;{lateness(late, today) if late else '没有逾期后补上的'}",
        not own and late is not None,
        f"脱节遗忘 /gaps/{late.pk}/" if late else "脱节遗忘 /gaps/",
    )


def _apart() -> Line:
    """Of all branches two let most things slip."""
    rows = Gap.objects.filter(occurrence__isnull=False).values_list("organization__name", flat=True)
    (first, most), (second, more), (_, next_one) = Counter(rows).most_common(3)
    return Line(
        "E12",
        "脱节明显的两个支部一眼看得出来",
        f"{first} {most} 项、{second} {more} 项,其次 {next_one} 项",
        more > 2 * next_one,
        "检查讲评 › 按组织 /checks/",
    )
