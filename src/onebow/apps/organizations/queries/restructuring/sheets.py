"""Who moves, as sheets: one of all members, one for each planned branch."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from onebow.apps.documents.writing import Table
from onebow.apps.organizations.models import PlannedOrganization, Restructuring, Seat
from onebow.apps.organizations.queries.restructuring.people import seats_of, standing_word
from onebow.apps.organizations.queries.restructuring.sides import NOT_YET, NOWHERE

HEADER = ("序号", "姓名", "党员类别", "科室", "办公区", "现在所在", "拟编入", "变动")


def people_sheets(restructuring: Restructuring) -> tuple[list[Table], int]:
    """The sheets, and how many members stand in them. Two statements."""
    seats = list(seats_of(restructuring))
    held: dict[int, list[Seat]] = defaultdict(list)
    for seat in seats:
        held[seat.planned_id or 0].append(seat)
    planned = [row for row in _planned(restructuring) if not row.is_general or row.pk in held]
    # The number tells apart branches whose names begin alike: the name of a sheet is short.
    sheets = [_sheet(f"{number} {row.name}", row.name, held[row.pk]) for number, row in enumerate(planned, 1)]
    if held[0]:
        sheets.append(_sheet(NOT_YET, NOT_YET, held[0]))
    return [_sheet("全部党员", restructuring.name, seats), *sheets], len(seats)


def _planned(restructuring: Restructuring) -> list[PlannedOrganization]:
    return list(PlannedOrganization.objects.filter(restructuring=restructuring).order_by("rank", "pk"))


def _sheet(name: str, title: str, seats: list[Seat]) -> Table:
    footer = ("合计", *[""] * (len(HEADER) - 2), f"共{len(seats)}人")
    return Table(name, HEADER, _lines(seats), title=f"{title} 党员名单", footer=footer)


def _lines(seats: Iterable[Seat]) -> Iterator[tuple[str, ...]]:
    for number, seat in enumerate(seats, 1):
        yield (
            str(number),
            seat.person.name,
            standing_word(seat.standing),
            getattr(seat, "section_name", None) or "",
            seat.place.name if seat.place else "",
            getattr(seat, "from_name", None) or NOWHERE,
            seat.planned.name if seat.planned else NOT_YET,
            "变动" if getattr(seat, "moves", False) else "不变",
        )
