"""Lists in the address."""

from dataclasses import dataclass

import pytest

from onebow.apps.base.models import File
from onebow.apps.base.tables import LAST_PAGE, PAGE_SIZE, Column, Filter, Listing
from onebow.apps.base.tests.make import make_files, make_request

COLUMNS = [
    Column("name", "名称", sort="name"),
    Column("size", "大小", sort="bytes", align="end"),
    Column("kind", "种类"),
]
FILTERS = [Filter("size", "大小", [(0, "空"), (7, "七")], field="bytes")]


@dataclass(frozen=True)
class Line:
    name: str
    hours: int | None


def listing(address: str, rows=None, **kwargs) -> Listing:
    rows = File.objects.order_by("name") if rows is None else rows
    return Listing(make_request(address), rows, COLUMNS, FILTERS, ("name",), **kwargs)


@pytest.mark.django_db
class TestQueries:
    def test_a_list_costs_one_count_and_one_page_query(self, django_assert_num_queries):
        make_files(PAGE_SIZE + 10)
        with django_assert_num_queries(2):
            shown = listing("/list/?page=2&sort=name")
            assert len(shown) == 10
        assert (shown.total, shown.pages, shown.first, shown.last) == (60, 2, 51, 60)

    def test_a_column_sorts_up_and_then_down(self):
        make_files(6)
        up = listing("/list/?sort=size")
        assert [row.bytes for row in up] == [0, 0, 1, 1, 2, 2]
        assert (up.direction(COLUMNS[1]), up.direction(COLUMNS[0])) == ("ascending", "none")
        down = listing(up.sort_href(COLUMNS[1]))
        assert [row.bytes for row in down] == [2, 2, 1, 1, 0, 0]
        assert down.direction(COLUMNS[1]) == "descending"
        assert down.sort_href(COLUMNS[1]) == "/list/?sort=size"

    def test_equal_rows_never_change_places_between_pages(self):
        make_files(PAGE_SIZE * 2)
        File.objects.update(bytes=1)
        first, second = listing("/list/?sort=-size"), listing("/list/?sort=-size&page=2")
        assert len({row.pk for row in [*first, *second]}) == PAGE_SIZE * 2

    def test_a_filter_and_a_search_narrow_the_list(self):
        make_files(30)
        assert [row.name for row in listing("/list/?size=7")] == ["Letter0014", "信0015"]
        assert {row.name[:6] for row in listing("/list/?q=letter")} == {"Letter"}
        assert len(listing("/list/?q=letter+0014")) == 1
        assert listing("/list/?q=nothing").narrowed
        assert listing("/list/?q=nothing").total == 0

    def test_a_percent_sign_is_searched_as_itself(self):
        make_files(3)
        assert listing("/list/?q=%25").total == 0

    def test_nobody_turns_beyond_the_last_page_allowed(self, monkeypatch):
        monkeypatch.setattr("onebow.apps.base.tables.PAGE_SIZE", 1)
        make_files(LAST_PAGE + 5)
        shown = listing(f"/list/?page={LAST_PAGE + 3}")
        assert shown.cut
        assert shown.page == shown.pages == LAST_PAGE
        assert len(shown.notes) == 1


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("sort=secret", "secret"),
        ("sort=kind", "kind"),
        ("sort=--name", "-name"),
        ("size=8", "8"),
        ("page=0", "第 1 页"),
        ("page=99", "99"),
        ("page=-1", "-1"),
        ("page=x", "x"),
        ("page=٣", "٣"),
        ("page=9999999999999999999999", "9999"),
    ],
)
@pytest.mark.django_db
def test_what_the_list_does_not_know_is_left_out_and_said(query, said):
    make_files(3)
    shown = listing(f"/list/?{query}")
    assert len(shown) == 3
    assert len(shown.notes) == 1
    assert said in shown.notes[0]


def test_every_link_keeps_the_day_and_what_others_put_in_the_address():
    rows = [Line(f"n{i}", i) for i in range(PAGE_SIZE * 3)]
    shown = listing("/list/?on=2025-11-23&fold=7&fold=8&q=n&page=2", rows)
    links = [shown.sort_href(COLUMNS[0]), shown.clear_href(), *(page.href for page in shown.page_links())]
    assert all("on=2025-11-23&fold=7&fold=8" in link for link in links)
    assert shown.kept() == [("on", "2025-11-23"), ("fold", "7"), ("fold", "8")]


def test_sorting_goes_back_to_the_first_page():
    shown = listing("/list/?page=2", [Line(f"n{i}", i) for i in range(PAGE_SIZE * 2)])
    assert shown.sort_href(COLUMNS[0]) == "/list/?sort=name"


def test_page_links_name_the_first_the_last_and_the_neighbours():
    rows = [Line(f"n{i}", i) for i in range(PAGE_SIZE * 20)]
    links = listing("/list/?page=10", rows).page_links()
    assert [link.number for link in links] == [1, None, 8, 9, 10, 11, 12, None, 20]
    assert [link.number for link in links if link.current] == [10]


def test_two_lists_on_a_page_do_not_hear_each_other():
    rows = [Line(f"n{i}", i) for i in range(PAGE_SIZE * 2)]
    left, right = listing("/list/?a-page=2", rows, prefix="a-"), listing("/list/?a-page=2", rows, prefix="b-")
    assert (left.page, right.page) == (2, 1)
    assert right.href(page=2) == "/list/?a-page=2&b-page=2"


class TestRowsInMemory:
    COLUMNS = [Column("name", "姓名", sort="name"), Column("hours", "学时", sort="hours")]
    ROWS = [Line("王", 3), Line("Li", None), Line("李", 9), Line("赵", 3)]

    def names(self, address: str, **kwargs) -> list[str]:
        return [row.name for row in Listing(make_request(address), self.ROWS, self.COLUMNS, **kwargs)]

    def test_unknown_stands_last_whichever_way_it_is_sorted(self):
        assert self.names("/?sort=hours") == ["王", "赵", "李", "Li"]
        assert self.names("/?sort=-hours") == ["李", "王", "赵", "Li"]

    def test_search_and_filter_look_at_the_fields(self):
        assert self.names("/?q=LI", search=("name",)) == ["Li"]
        assert self.names("/?hours=3", filters=[Filter("hours", "学时", [(3, "三")])]) == ["王", "赵"]

    def test_without_search_fields_a_search_is_not_carried_out(self):
        assert len(self.names("/?q=zzz")) == 4
