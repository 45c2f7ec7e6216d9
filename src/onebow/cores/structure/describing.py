"""From cells and labels to the branches of the answer, with their reasons in words."""

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cached_property

from onebow.cores.structure import rules
from onebow.cores.structure.cells import Cell, cells_of
from onebow.cores.structure.problem import Person, Problem
from onebow.cores.structure.solution import Branch, Reason

# 7 full members or more: a branch committee.
COMMITTEE = 7


class Describer:
    """Describes the branches of one problem."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.size = Counter(person.section for person in problem.people)
        self.full = Counter(person.section for person in problem.people if person.full)
        self._offices = {office.id: office.name or office.id for office in problem.offices}

    @cached_property
    def _cells(self) -> Counter[str]:
        return Counter(cell.section for cell in cells_of(self.problem))

    def order(self, cells: Sequence[Cell]) -> tuple[str, str, list[str]]:
        """By body, then by section, then by member."""
        body = min(self.problem.section[cell.section].body for cell in cells)
        return body, min(cell.section for cell in cells), sorted(p.id for cell in cells for p in cell.people)

    def branch(self, key: str, cells: Sequence[Cell], continues: str | None, next_best: int | None) -> Branch:
        """One branch of the answer."""
        people = sorted((person for cell in cells for person in cell.people), key=lambda person: person.id)
        sections = sorted({cell.section for cell in cells})
        offices = sorted({cell.office for cell in cells}, key=lambda office: (office is None, office or ""))
        full = sum(person.full for person in people)
        return Branch(
            id=key,
            kind=self._kind(cells, sections),
            sections=tuple(sections),
            offices=tuple(offices),
            members=tuple(person.id for person in people),
            full=full,
            continues=continues,
            secretary=self._secretary(people),
            committee=full >= COMMITTEE,
            reasons=tuple(self._reasons(cells, sections, people, continues)),
            next_best=next_best,
        )

    def _kind(self, cells: Sequence[Cell], sections: list[str]) -> str:
        if len(sections) > 1:
            return "joint"
        return "section" if len(cells) == self._cells[sections[0]] else "partial"

    def _secretary(self, people: list[Person]) -> str | None:
        heads = [person for person in people if person.head and person.full]
        return min(heads, key=lambda person: (-self.size[person.section], person.id)).id if heads else None

    def _reasons(
        self, cells: Sequence[Cell], sections: list[str], people: list[Person], continues: str | None
    ) -> Iterator[Reason]:
        kind = self._kind(cells, sections)
        if kind == "section":
            yield Reason(rules.ONE_SECTION, f"一个科室一个支部:{self._named(sections)}单独设立")
        elif kind == "partial":
            yield self._partial(cells, sections[0])
        else:
            yield from self._joint(cells, sections)
        yield from self._choices(sections)
        full = sum(person.full for person in people)
        if full >= COMMITTEE:
            yield Reason(rules.COMMITTEE, f"正式党员 {full} 名,应设支部委员会")
        if continues is not None:
            kept = sum(person.branch == continues for person in people)
            yield Reason(rules.CONTINUED, f"延续原支部 {continues},{len(people)} 名党员中 {kept} 名不变动")

    def _partial(self, cells: Sequence[Cell], section: str) -> Reason:
        most = self.problem.parameters.max_members
        if self.size[section] > most:
            text = f"{self._named([section])}有党员 {self.size[section]} 名,超过 {most} 名,分设支部"
            return Reason(rules.MAX_MEMBERS, text)
        places = self._places(cells)
        return Reason(rules.ONE_OFFICE, f"{self._named([section])}分在几处办公,{places}的党员单独设立")

    def _joint(self, cells: Sequence[Cell], sections: list[str]) -> Iterator[Reason]:
        least = self.problem.parameters.min_full
        forced = False
        for section in sections:
            here = sum(cell.full for cell in cells if cell.section == section)
            if self.full[section] < least:
                forced = True
                text = f"{self._named([section])}只有 {self.full[section]} 名正式党员,不足 {least} 名,不能单独成立"
                yield Reason(rules.MIN_FULL, text)
            elif here < least:
                forced = True
                text = (
                    f"{self._named([section])}在{self._places(cells, section)}的只有 {here} 名正式党员,不足 {least} 名"
                )
                yield Reason(rules.MIN_FULL, text)
        offices = {cell.office for cell in cells}
        if len(offices) == 1 and None not in offices:
            yield Reason(rules.ONE_OFFICE, f"都在{self._places(cells)}办公")
        if not forced and not self._shared(self.problem.together, sections):
            target = self.problem.parameters.target
            yield Reason(rules.CHEAPEST, f"没有必须合设的规定;合设更接近 {target} 人的规模、变动更少,总体最优")

    def _choices(self, sections: list[str]) -> Iterator[Reason]:
        for ids in self._shared(self.problem.together, sections):
            yield Reason(rules.TOGETHER, f"{self._named(ids)}已定为在同一个支部")
        for ids in self._shared(self.problem.apart, sections):
            inside = [key for key in ids if key in sections]
            others = [key for key in ids if key not in sections]
            yield Reason(rules.APART, f"{self._named(inside)}已定为与{self._named(others)}分开设置")

    def _shared(self, lists: tuple[tuple[str, ...], ...], sections: list[str]) -> list[list[str]]:
        inside = ([key for key in ids if self.size[key]] for ids in lists if set(ids).intersection(sections))
        return [ids for ids in inside if len(ids) > 1]

    def _named(self, keys: Sequence[str]) -> str:
        return "、".join(self.problem.section_names[key] for key in keys)

    def _places(self, cells: Sequence[Cell], section: str | None = None) -> str:
        offices = {cell.office for cell in cells if section in (None, cell.section)}
        return "、".join(self._offices[office] for office in sorted(filter(None, offices))) or "其他地点"
