"""Checks and gaps in words."""

from datetime import date

from django.utils import timezone

from onebow.apps.base.filters import day
from onebow.apps.plans.checking.sorts import ABOUT
from onebow.apps.plans.models import CheckRun, Gap
from onebow.apps.plans.queries.duties.telling import period_words

COLOURS = {"open": "warn", "answered": "warn", "closed": "ok", "void": "neutral", "mended": "ok"}


# After the words of a period: 2026年5月总结, 2026年第1季度讲评, 2026年上半年总结.
ENDINGS = {"month": "总结", "quarter": "讲评", "half": "总结"}


def title_of(run: CheckRun) -> str:
    """What a run is called: by its period, or the name of a special one."""
    return run.title or f"{period_words(run.starts_on, run.ends_on)}{ENDINGS[run.kind]}"


def part_of(gap: Gap) -> str:
    """Of which period or item it is a part, so that two of one name are told apart."""
    if gap.occurrence is not None:
        return period_words(gap.occurrence.starts_on, gap.occurrence.ends_on)
    return gap.checkpoint.item.title if gap.checkpoint is not None else ""


def lateness(gap: Gap, on: date) -> str:
    """The original lateness, which stays: 原应3月31日,已逾期 23 天; 补课时已逾期 23 天 once it was made good.

    What never had a due day is told by the day from which it was missing.
    """
    about = ABOUT[gap.sort]
    end = gap.mended_on or (timezone.localdate(gap.updated_at) if gap.state == Gap.State.VOID else on)
    days = (end - gap.since).days + 1
    when = f"{about.way_word}时" if gap.mended_on else ""
    if about.lacks:
        return f"{day(gap.since)}起{about.lacks},{when}已 {days} 天"
    return f"原应 {day(gap.since - date.resolution)},{when}已逾期 {days} 天"


def state_of(gap: Gap) -> tuple[str, str]:
    """Its state in a word, and the colour: made good and not closed yet is told from what is still open."""
    if gap.is_living and gap.mended_on:
        return f"已{ABOUT[gap.sort].way_word},待销号", COLOURS["mended"]
    return gap.get_state_display(), COLOURS[gap.state]
