"""Lists as tables: sorted, filtered, searched and paged by the address, so that a view can be sent as a link."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest

from onebow.apps.base.filters import pairs_but
from onebow.apps.base.rows import Rows, Search, rows_of

PAGE_SIZE = 50
# The database walks over every row before the page: nobody reads that far, and a filter gets there sooner.
LAST_PAGE = 200


@dataclass(frozen=True)
class Column:
    """A column: `sort` is the field it sorts by (empty: it does not), `align` is "end" for numbers."""

    key: str
    title: str
    sort: str = ""
    align: str = ""


@dataclass(frozen=True)
class Filter:
    """A choice above the table; `field` is what it compares, the key itself where empty.

    `narrow` finds the rows of a query for a choice that is no column. With a `default`, which is taken where the
    address says nothing, all is a choice of its own. `tabs` are choices that stand above the table as well.
    """

    key: str
    title: str
    choices: Sequence[tuple[Any, Any]]
    field: str = ""
    narrow: Callable[[QuerySet[Any], str], QuerySet[Any]] | None = None
    default: str = ""
    tabs: tuple[str, ...] = ()


@dataclass(frozen=True)
class Page:
    """A link of the pagination; without a number it stands for the pages left out."""

    number: int | None
    href: str = ""
    current: bool = False


class Listing:
    """One page of rows as the address asks for it: `?q=王&standing=full_member&sort=-joined&page=2`.

    `search` names the fields that are searched, or is a function of its own (rows, word).
    `rows` is a QuerySet (one count and one page query), a sequence of objects, or `Rows` of one's own. What the address
    asks for and the list does not know is left out and named in `notes`. Two lists on a page need a `prefix` each.
    `deepest` is the last page that one may turn to; rows beyond it are not even counted.
    """

    def __init__(
        self,
        request: HttpRequest,
        rows: QuerySet[Any] | Sequence[Any] | Rows,
        columns: Sequence[Column],
        filters: Sequence[Filter] = (),
        search: Search = (),
        *,
        prefix: str = "",
        deepest: int = LAST_PAGE,
    ) -> None:
        self.columns, self.filters, self.searchable = tuple(columns), tuple(filters), bool(search)
        self.prefix, self.path, self._asked = prefix, request.path, request.GET
        self.notes: list[str] = []
        self.query = self._text("q")[:100]
        self.chosen = {item.key: self._choice(item) for item in filters}
        self.sort, self.descending = self._sort()
        found = self._found(rows_of(rows), search)
        self.deepest = deepest
        self.total = found.count(deepest * PAGE_SIZE + 1)
        self.pages = max(1, min(ceil(self.total / PAGE_SIZE), deepest))
        self.page = self._page()
        first = (self.page - 1) * PAGE_SIZE
        self.rows = found.slice(first, first + PAGE_SIZE)
        self._all = found
        self.first, self.last = (first + 1 if self.rows else 0), first + len(self.rows)

    def __iter__(self) -> Iterator[Any]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    def everything(self, most: int) -> list[Any]:
        """The rows of all pages, at most so many: for a file of what the list shows."""
        return self._all.slice(0, most)

    @property
    def narrowed(self) -> bool:
        """Whether a search or a filter leaves something out."""
        return bool(self.query or any(self.chosen[item.key] != item.default for item in self.filters))

    @property
    def tabs(self) -> list[tuple[str, str, bool]]:
        """Choices that stand above the table: their words, where they lead, and whether it is the one chosen."""
        return [
            (label, self.href(**{item.key: key, "page": ""}), self.chosen[item.key] == key)
            for item in self.filters
            for key, label in item.choices
            if key in item.tabs
        ]

    @property
    def cut(self) -> bool:
        """Whether there are more pages than one may turn to."""
        return self.total > self.deepest * PAGE_SIZE

    def name(self, key: str) -> str:
        """The key as the address spells it."""
        return f"{self.prefix}{key}"

    def href(self, **changes: Any) -> str:
        """This list with something changed; an empty value takes it out. The rest of the address stays."""
        query = self._asked.copy()
        for key, value in changes.items():
            query.pop(self.name(key), None)
            if value:
                query[self.name(key)] = str(value)
        return f"{self.path}?{query.urlencode()}" if query else self.path

    def sort_href(self, column: Column) -> str:
        """Sort by that column; turned round if it is sorted so already."""
        down = self.sort == column.key and not self.descending
        return self.href(sort=f"-{column.key}" if down else column.key, page="")

    def direction(self, column: Column) -> str:
        """For aria-sort: ascending, descending or none."""
        if self.sort != column.key:
            return "none"
        return "descending" if self.descending else "ascending"

    def clear_href(self) -> str:
        """Without search and filters."""
        return self.href(q="", page="", **{item.key: "" for item in self.filters})

    def kept(self) -> list[tuple[str, str]]:
        """What a search form must carry along: all of the address but search, filters and page."""
        own = (self.name(key) for key in ("q", "page", *(item.key for item in self.filters)))
        return pairs_but(self._asked, *own)

    def page_links(self) -> list[Page]:
        """First, last and the neighbours of this page; a gap where pages are left out."""
        near = sorted({1, self.pages, *range(max(1, self.page - 2), min(self.pages, self.page + 2) + 1)})
        links: list[Page] = []
        for number in near:
            if links and links[-1].number != number - 1:
                links.append(Page(None))
            links.append(Page(number, self.href(page=number if number > 1 else ""), number == self.page))
        return links

    def _text(self, key: str) -> str:
        return (self._asked.get(self.name(key)) or "").replace("\0", "").strip()

    def _choice(self, item: Filter) -> str:
        typed = self._text(item.key)
        if not typed or typed in {str(value) for value, _ in item.choices}:
            return typed or item.default
        instead = next((label for key, label in item.choices if key == item.default), "全部")
        self.notes.append(f"没有“{item.title}:{typed[:20]}”这个选项,已按{instead}显示。")
        return item.default

    def _sort(self) -> tuple[str, bool]:
        # A filter of that name is chosen by the same word of the address.
        typed = "" if "sort" in self.chosen else self._text("sort")
        key = typed.removeprefix("-")
        if not typed or any(column.key == key and column.sort for column in self.columns):
            return key, typed.startswith("-")
        self.notes.append(f"不能按“{key[:20]}”排序,已按默认顺序显示。")
        return "", False

    def _page(self) -> int:
        typed = self._text("page")
        if not typed:
            return 1
        number = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 8 else 0
        if 1 <= number <= self.pages:
            return number
        self.notes.append(f"没有第“{typed[:8]}”页,已显示第 {self.pages if number else 1} 页。")
        return self.pages if number else 1

    def _found(self, rows: Rows, search: Search) -> Rows:
        for item in self.filters:
            if value := self.chosen[item.key]:
                rows = rows.narrowed(item.narrow, value) if item.narrow else rows.equal(item.field or item.key, value)
        for word in self.query.split()[:5] if search else ():
            rows = rows.containing(search, word)
        sort = next((column.sort for column in self.columns if column.key == self.sort), "")
        return rows.ordered(sort, self.descending)
