"""One walk over all entries: each is held against its body, and the tree is built up again."""

import json
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import Max

from onebow.apps.ledger.content import columns_of, digest_of
from onebow.apps.ledger.kinds import BY_KEY, VOID
from onebow.apps.ledger.models import Entry, Erasure, LateDecision
from onebow.apps.ledger.queries import Body, EntryRow, entry_rows, people_of_range
from onebow.apps.ledger.services.tallies import Key, key_of
from onebow.apps.ledger.verification.report import Report
from onebow.cores.merkle import Frontier, leaf_hash

WINDOW = 5_000
# Of a missing end, so many are named one by one.
NAMED = 20
WORDS = {
    "at": "记录时间", "by": "记录人", "correction_of": "更正的条目", "entry": "编号", "happened_on": "发生日期",
    "kind": "事项", "late": "补录标记", "organization": "组织", "people": "人员", "quantity": "数量", "source": "来源",
}  # fmt: skip
TELLING = ("late.decided", "person.erased", "ledger.anchored")
Read = tuple[EntryRow, Body]
UNREADABLE = (ValueError, TypeError, AttributeError, OverflowError, RecursionError)
Told = Callable[[int, int], None]
# Of these ids, which exist no more; the first argument says what they are ids of.
Missing = Callable[[str, set[int]], set[int]]


@dataclass
class Walk:
    """What the walk has seen so far, and what the checks after it need."""

    report: Report
    size: int
    # Sizes at which somebody saved a root.
    wanted: set[int]
    missing: Missing
    # Whose signature every head bears.
    key_id: str
    frontier: Frontier = field(default_factory=Frontier)
    # Leaves that passed and are not in the tree yet.
    growing: list[bytes] = field(default_factory=list)
    roots: dict[int, str] = field(default_factory=dict)
    sums: dict[Key, list[int]] = field(default_factory=lambda: defaultdict(lambda: [0, 0]))
    files: dict[str, int] = field(default_factory=dict)
    last_at: datetime | None = None
    # Entry -> what an entry that tells of decisions or erasures says of it.
    decided: dict[int, tuple[int, bool]] = field(default_factory=dict)
    erased: dict[int, tuple[int, str]] = field(default_factory=dict)
    anchors: list[tuple[int, str]] = field(default_factory=list)
    digests: dict[int, str] = field(default_factory=dict)
    decisions: Mapping[int, tuple[int, bool]] = field(default_factory=dict)
    erasures: Mapping[int, int] = field(default_factory=dict)
    corrected: set[int] = field(default_factory=set)
    unreadable: set[int] = field(default_factory=set)

    def read_small_tables(self) -> None:
        """Decisions, erasures and corrections are few; they are held while entries pass."""
        rows = LateDecision.objects.values_list("entry_id", "decision_id", "accepted")
        self.decisions = {entry: (decision, accepted) for entry, decision, accepted in rows}
        self.erasures = dict(Erasure.objects.values_list("entry_id", "told_by_id"))
        corrections = Entry.objects.filter(correction_of__isnull=False).values_list("correction_of_id", flat=True)
        self.corrected = set(corrections)

    def entries(self, told: Told) -> None:
        """Walk over all entries in windows."""
        # A size that somebody made huge must not keep the walk busy for ever.
        there = Entry.objects.filter(pk__lte=self.size).aggregate(last=Max("pk"))["last"] or 0
        for first in range(1, there + 1, WINDOW):
            told(first - 1, there)
            last = min(first + WINDOW - 1, there)
            rows, people = self._window(first, last), self._people(first, last)
            for number in range(first, last + 1):
                if number in rows:
                    self._entry(*rows[number], people.get(number, []))
                elif number not in self.unreadable:
                    self.report.fault(f"第 {number} 条缺失。")
            # What cannot be looked up was named already: it is not what the content says.
            with suppress(*UNREADABLE):
                self._dangling([row for row, _ in rows.values()], people)
        self._end(there)

    def _end(self, there: int) -> None:
        """What the tree counts and is not there any more."""
        if self.size == there:
            return
        self.report.fault(f"存证树记载 {self.size} 条,最后一条是第 {there} 条:缺少 {self.size - there} 条。")
        for number in range(there + 1, min(self.size, there + NAMED) + 1):
            self.report.fault(f"第 {number} 条缺失。")

    def _window(self, first: int, last: int) -> dict[int, Read]:
        """The entries of a range; one that holds what no column of its kind may hold is named and left out."""
        try:
            return entry_rows(first, last)
        except UNREADABLE:
            rows: dict[int, Read] = {}
            for number in range(first, last + 1):
                try:
                    rows |= entry_rows(number, number)
                except UNREADABLE:
                    self._name_unreadable(number)
            return rows

    def _people(self, first: int, last: int) -> dict[int, list[tuple[int, str]]]:
        try:
            return people_of_range(first, last)
        except UNREADABLE:
            people: dict[int, list[tuple[int, str]]] = {}
            for number in range(first, last + 1):
                try:
                    people |= people_of_range(number, number)
                except UNREADABLE:
                    self.report.fault(f"第 {number} 条的人员无法读取:有值被改坏。")
            return people

    def _name_unreadable(self, number: int) -> None:
        self.unreadable.add(number)
        self.report.fault(f"第 {number} 条无法读取:有值被改坏。")

    def _entry(self, entry: EntryRow, body: Body, people: list[tuple[int, str]]) -> None:
        self._grow(bytes(entry.leaf))
        if entry.kind not in BY_KEY:
            self.report.fault(f"第 {entry.id} 条的事项“{entry.kind}”不在登记表中。")
            return
        try:
            if body is None:
                self._without_body(entry, people)
            else:
                self._against_body(entry, body, people)
            self._order(entry)
            self._count(entry)
        except UNREADABLE:
            self._name_unreadable(entry.id)

    def _grow(self, leaf: bytes) -> None:
        self.growing.append(leaf)
        if self.frontier.size + len(self.growing) in self.wanted or len(self.growing) == WINDOW:
            self.settle()

    def settle(self) -> None:
        """Take the leaves that passed into the tree."""
        self.frontier = self.frontier.extended(self.growing)
        self.growing.clear()
        if self.frontier.size in self.wanted:
            self.roots[self.frontier.size] = self.frontier.root().hex()

    def _without_body(self, entry: EntryRow, people: list[tuple[int, str]]) -> None:
        if entry.id not in self.erasures:
            self.report.fault(f"{name_of(entry)}:内容缺失,且没有删除记录。")
        self.digests[entry.id] = digest_of(entry, people)

    def _against_body(self, entry: EntryRow, body: tuple[bytes, str], people: list[tuple[int, str]]) -> None:
        salt, canonical = body
        if leaf_hash(bytes(salt), canonical.encode()) != bytes(entry.leaf):
            self.report.fault(f"{name_of(entry)}:内容与存证摘要不符。")
        told = columns_of(entry, people)
        try:
            content = json.loads(canonical)
            wrong = [key for key, value in told.items() if content[key] != value]
            data, files = content["data"], content["files"]
        except (*UNREADABLE, KeyError):
            self.report.fault(f"{name_of(entry)}:内容无法读取。")
            return
        for key in wrong:
            self.report.fault(f"{name_of(entry)}:{WORDS[key]}与存证内容不符。")
        for sha in files:
            self.files.setdefault(sha, entry.id)
        if entry.kind in TELLING:
            self._hear(entry, data)

    def _hear(self, entry: EntryRow, data: Mapping[str, Any]) -> None:
        """Take note of what an entry tells of others."""
        if entry.kind == "late.decided":
            self.decided |= dict.fromkeys(data["entries"], (entry.id, data["accepted"]))
        elif entry.kind == "person.erased":
            pairs = zip(data["entries"], data["digests"], strict=False)
            self.erased |= {number: (entry.id, digest) for number, digest in pairs}
        else:
            self.anchors.append((data["rows"], data["mac"]))

    def _order(self, entry: EntryRow) -> None:
        if self.last_at and entry.recorded_at < self.last_at and entry.kind != "ledger.clock_accepted":
            self.report.fault(f"{name_of(entry)}:记录时间早于前一条。")
        self.last_at = entry.recorded_at
        if entry.correction_of_id is not None and entry.correction_of_id >= entry.id:
            self.report.fault(f"{name_of(entry)}:更正的条目在它之后。")

    def _count(self, entry: EntryRow) -> None:
        accepted = self.decisions.get(entry.id, (0, False))[1]
        if entry.kind == VOID or entry.id in self.corrected or (entry.late and not accepted):
            return
        held = self.sums[key_of(entry)]
        held[0] += 1
        held[1] += entry.quantity or 0

    def _dangling(self, rows: Sequence[EntryRow], people: Mapping[int, list[tuple[int, str]]]) -> None:
        """Ids of what exists no more: no fault, since rows may be deleted where the ledger remembers them."""
        wanted: dict[str, set[int]] = defaultdict(set)
        for entry in rows:
            for what, number in _ids_of(entry):
                wanted[what].add(number)
        wanted["person"] = {person for parts in people.values() for person, _ in parts}
        gone = {what: lost for what, ids in wanted.items() if ids and (lost := self.missing(what, ids))}
        if not gone:
            return
        for entry in rows:
            for what, number in [*_ids_of(entry), *(("person", one) for one, _ in people.get(entry.id, []))]:
                if number in gone.get(what, ()):
                    self.report.note(f"{name_of(entry)}:所指的{what} {number} 已不存在。")


def name_of(entry: EntryRow) -> str:
    """How a line names an entry."""
    label = BY_KEY[entry.kind].label if entry.kind in BY_KEY else entry.kind
    return f"第 {entry.id} 条({label},{entry.happened_on})"


def _ids_of(entry: EntryRow) -> Iterator[tuple[str, int]]:
    if entry.organization_id is not None:
        yield "organization", entry.organization_id
    if entry.by_id is not None:
        yield "account", entry.by_id
    if entry.source and entry.source_id is not None:
        yield entry.source, entry.source_id


def month_of(day: date) -> str:
    """A month in words."""
    return f"{day.year}年{day.month}月"
