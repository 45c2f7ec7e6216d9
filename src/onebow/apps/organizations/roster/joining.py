"""People who stand in a roster twice become one."""

from collections.abc import Callable

from onebow.apps.organizations.roster.facts import DateFact, Note, PersonFacts
from onebow.apps.organizations.roster.organizations import key_of

Say = Callable[[PersonFacts, str, Note], None]
TEXTS = ("name", "sex", "id_number", "standing", "title", "place", "branch", "supervisor", "phone", "branch_title",
         "relation_elsewhere")  # fmt: skip
DATES = ("born", "joined", "full")
UNSURE = Note(
    "warning",
    "identity_unsure",
    "没有可用的身份号码和出生日期,无法确认是否已有此人,按新人员处理。",
    "请补填身份号码或出生日期。",
)


def identity_of(person: PersonFacts) -> tuple[str, ...] | None:
    """Name, birth date and unit: what tells people apart who have no number; None without a birth date."""
    if person.born is None:
        return None
    return (person.name, person.born.on.isoformat(), key_of(person.unit))


def join_people(people: list[PersonFacts], say: Say) -> list[PersonFacts]:
    """One of each person, in order; what two rows say differently is said."""
    by_number: dict[str, int] = {}
    by_identity: dict[tuple[str, ...], list[int]] = {}
    joined: list[PersonFacts] = []
    for person in people:
        identity = identity_of(person)
        place = by_number.get(person.id_number) if person.id_number else None
        if place is None and identity:
            place = _same(person, identity, by_identity, joined)
        if place is None:
            place = len(joined)
            joined.append(person)
            if identity:
                by_identity.setdefault(identity, []).append(place)
            elif not person.id_number:
                say(person, "name", UNSURE)
        else:
            joined[place] = _join(joined[place], person, say)
        if joined[place].id_number:
            by_number[joined[place].id_number] = place
    return joined


def _same(
    person: PersonFacts,
    identity: tuple[str, ...],
    by_identity: dict[tuple[str, ...], list[int]],
    joined: list[PersonFacts],
) -> int | None:
    """The earlier person with the same name, birth date and unit, if one of the two has no number."""
    places = by_identity.get(identity, [])
    fitting = [place for place in places if not (person.id_number and joined[place].id_number)]
    return fitting[0] if len(fitting) == 1 and len(places) == 1 else None


def _fullness(person: PersonFacts) -> int:
    return sum(bool(getattr(person, name)) for name in (*TEXTS, *DATES, "section"))


def _join(first: PersonFacts, second: PersonFacts, say: Say) -> PersonFacts:
    where = "" if first.sheet == second.sheet else f"“{first.sheet}”"
    message = f"与{where}第 {first.row} 行是同一人,已合并为一人。"
    say(second, "name", Note("warning", "duplicate_person", message, "请核对后删去多余的一行。"))
    main, other = (second, first) if _fullness(second) > _fullness(first) else (first, second)
    whole = main.copy(joined_rows=[*first.joined_rows, *second.joined_rows, (other.sheet, other.row)])
    for name in TEXTS:
        _take(whole, other, name, second, say)
    for name in DATES:
        _take_date(whole, other, name, second, say)
    _take_place_of_work(whole, main, other, second, say)
    return whole


def _take(whole: PersonFacts, other: PersonFacts, name: str, second: PersonFacts, say: Say) -> None:
    mine, theirs = getattr(whole, name), getattr(other, name)
    if not mine:
        setattr(whole, name, theirs)
    elif theirs and mine != theirs and not _same_work_elsewhere(whole, other, name):
        say(second, name, _differs(whole))


def _same_work_elsewhere(whole: PersonFacts, other: PersonFacts, name: str) -> bool:
    """Title and office of a secondment are the other place's."""
    away = "seconded" in (whole.engagement, other.engagement)
    return name in ("title", "place", "supervisor") and away


def _take_date(whole: PersonFacts, other: PersonFacts, name: str, second: PersonFacts, say: Say) -> None:
    mine: DateFact | None = getattr(whole, name)
    theirs: DateFact | None = getattr(other, name)
    if mine is None or (theirs and mine.agrees(theirs) and mine.precision != "day"):
        setattr(whole, name, theirs)
    elif theirs and not mine.agrees(theirs):
        say(second, name, _differs(whole))


def _take_place_of_work(
    whole: PersonFacts, main: PersonFacts, other: PersonFacts, second: PersonFacts, say: Say
) -> None:
    same = (main.unit, main.section) == (other.unit, other.section)
    seconded = [person for person in (main, other) if person.engagement == "seconded"]
    if same and len(seconded) == 1:
        # 借调 within the same section changes nothing.
        home = other if main is seconded[0] else main
        whole.engagement, whole.note = home.engagement, home.note
    elif not same and len(seconded) == 1:
        home = other if main is seconded[0] else main
        for name in (
            "unit",
            "section",
            "title",
            "place",
            "supervisor",
            "leader",
            "section_unknown",
            "engagement",
            "note",
        ):
            setattr(whole, name, getattr(home, name))
        whole.second_unit, whole.second_section = seconded[0].unit, seconded[0].section
    elif not same:
        say(second, "section", _differs(whole))
    else:
        whole.note = whole.note or other.note


def _differs(whole: PersonFacts) -> Note:
    message = f"同一人的两行在这一格不一致,取第 {whole.row} 行的内容。"
    return Note("warning", "duplicate_differs", message, "请核对后改正其中一行。")
