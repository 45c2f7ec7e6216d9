"""A line of what waits in words: when, why it stands here, what finishes it."""

from dataclasses import dataclass
from datetime import date, timedelta

from onebow.apps.base.addresses import address
from onebow.apps.base.waiting import Line
from onebow.apps.desk.sorts import BY_SORT, Shown
from onebow.apps.organizations.models.organizations import SEGMENT
from onebow.apps.organizations.queries.reach import Reach

SIDES = {"party": "党建", "business": "业务", "both": "党建和业务"}
# So many days ahead a day is said aloud.
SOON = 7
LOOK, LOOK_AT_ALL = "查看", "看清单"


@dataclass(frozen=True)
class Told:
    """A line as the page shows it."""

    sort: str
    side: str
    title: str
    href: str
    place: str
    why: str
    when: str
    colour: str
    day: date | None
    deed: str
    deed_href: str
    # Its day is the one from which something has been missing.
    is_since: bool = False

    @property
    def side_word(self) -> str:
        """The side in a word, beside the edge."""
        return SIDES[self.side]


def told(line: Line, reach: Reach, today: date, alike: int = 1) -> Told:
    """A line in words; `alike` says for how many it stands."""
    shown = BY_SORT[line.sort]
    lacks = shown.lacking.get(line.state, "")
    due = line.day - timedelta(days=1) if line.day and shown.first_late else line.day
    when, colour = when_of(shown, due, today, lacks)
    day = line.day if lacks else due
    theirs = not shown.looks or reach.leads(line.path)
    href, deed_href = _href(shown, shown.door, line), _deed_href(shown, line)
    title, place = line.title, line.place
    if alike > 1:
        title = shown.folded.format(n=alike, title=title) or title
        place = {"same": f"{alike} 个组织", "matter": place}.get(shown.fold, "")
        href = deed_href = alike_href(shown, line)
    deed = shown.deed if alike == 1 else LOOK_AT_ALL
    return Told(
        line.sort, line.side, title, href, place, why_of(shown, line, reach, theirs), when, colour, day,
        deed if theirs else LOOK, deed_href if theirs else href, bool(lacks),
    )  # fmt: skip


def when_of(shown: Shown, day: date | None, today: date, lacks: str = "") -> tuple[str, str]:
    """How far its day is, in words, and their colour; of what `lacks` something nothing was due: it says since when."""
    if day is None:
        return "", "neutral"
    days = (day - today).days
    if shown.since:
        return (f"已等 {-days} 天" if days < 0 else "今天提交"), "warn" if days < -SOON else "neutral"
    if days < 0:
        return f"{lacks or '已逾期'} {-days} 天", "bad"
    return ("今天" if days == 0 else f"还有 {days} 天"), "warn" if days <= SOON else "neutral"


def why_of(shown: Shown, line: Line, reach: Reach, theirs: bool) -> str:
    """Why it stands here, for whoever is to do it or for who only takes part."""
    role = role_at(reach, line.path)
    words = {
        "as": f"您是{role}," if role else "", "place": line.place, "note": line.note or "未明确",
        "state": shown.states.get(line.state, ""),
    }  # fmt: skip
    return (shown.why if theirs else shown.looks).format(**words)


def role_at(reach: Reach, path: str) -> str:
    """As what the user is asked there: by the nearest post above, else as an officer, else as who belongs there."""
    if not path:
        return ""
    held = {one.organization.path: one for one in reach.standing}
    above = [path[:end] for end in range(len(path), 0, -SEGMENT)]
    posts = next((held[one].posts for one in above if one in held and held[one].posts), ())
    if posts:
        return "、".join(posts)
    if reach.manages(path):
        return "党务干部"
    if path in held:
        return "党员" if held[path].organization.is_party else "职工"
    return ""


def list_href(shown: Shown) -> str:
    """The page of its app that has all of the sort."""
    return address(shown.all_door) + f"?{shown.query}" * bool(shown.query) + f"#{shown.part}" * bool(shown.part)


def alike_href(shown: Shown, line: Line) -> str:
    """The whole list, narrowed to those that are alike."""
    search = "" if shown.fold == "all" else f"&q={line.title}"
    return f"{address('desk:todo')}?sort={shown.sort}{search}"


def _deed_href(shown: Shown, line: Line) -> str:
    href = _href(shown, shown.deed_door or shown.door, line)
    return href + f"#{shown.deed_part}" * bool(shown.deed_part)


def _href(shown: Shown, door: str, line: Line) -> str:
    """A page of the line: a request is a part of its plan, a checkpoint of its item; of a sum there is but one."""
    if door == shown.all_door:
        return address(door)
    if door == "plans:change":
        return address(door, line.above, line.pk)
    return address(door, line.above or line.pk)
