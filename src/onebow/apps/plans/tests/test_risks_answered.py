"""Risk points on the sheet of two duties: who answers for them, and who reads that."""

from datetime import timedelta
from io import BytesIO

import docx
import pytest

from onebow.apps.accounts.tests.make import client_of
from onebow.apps.organizations.models import Person, Post
from onebow.apps.organizations.queries.reach import reach_of
from onebow.apps.organizations.tests.make import TODAY, appoint, make_person, make_user
from onebow.apps.plans.queries.dual_post_sheet import people_with_duty, sheet_of
from onebow.apps.plans.services.risks import lift_risk, register_risk
from onebow.apps.plans.tests.make_risks import NEXT, NOON, make_risk, risk_of

DAY = timedelta(days=1)


@pytest.fixture
def head(town):
    """The head of the wages section, who keeps nothing there in person."""
    person = make_person(town.bureau, "吴科")
    appoint(person, town.wages, Post.Role.UNIT_HEAD)
    return person


def risks_of(town, person, user=None, on=TODAY):
    row = people_with_duty(Person.objects.filter(pk=person.pk), on, TODAY).get()
    return sheet_of(row, reach_of(user or town.officer, TODAY), on, TODAY).risks


def ways_of(found):
    return {line.point.matter: line.ways for line in found.lines}


def page_of(user, address):
    response = client_of(user).get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_owner_post_and_lead_are_told_apart_and_each_stands_once(town, head):
    make_risk(town, matter="本人的")
    make_risk(town, matter="岗位的", roles=("unit_head",))
    assert ways_of(risks_of(town, town.member.person)) == {"本人的": ("own",), "岗位的": ("own",)}
    found = risks_of(town, head)
    assert ways_of(found) == {"本人的": ("led",), "岗位的": ("post", "led")}
    assert (found.whole, found.ways) == (2, {"own": 0, "post": 1, "led": 2})


def test_those_below_an_organization_led_stand_there_and_others_do_not(town):
    make_risk(town)
    chief = make_person(town.bureau, "吴局")
    appoint(chief, town.bureau, Post.Role.UNIT_HEAD)
    assert risks_of(town, chief).ways["led"] == 1
    assert risks_of(town, town.secretary.person).whole == 0


def test_a_deputy_answers_by_a_tie_alone(town):
    deputy = make_person(town.bureau, "冯副")
    appoint(deputy, town.wages, Post.Role.DEPUTY_HEAD)
    make_risk(town)
    assert risks_of(town, deputy).whole == 0
    make_risk(town, matter="副职的", roles=("deputy_head",))
    assert ways_of(risks_of(town, deputy)) == {"副职的": ("post",)}


def test_the_late_come_first_and_are_a_remark_of_their_owner(town, head):
    make_risk(town, matter="还早的")
    make_risk(town, (1,), TODAY + 3 * DAY, matter="要到期的")
    on = TODAY + 5 * DAY
    found = risks_of(town, town.member.person, on=on)
    assert [(line.point.matter, line.standing.state) for line in found.lines] == [
        ("要到期的", "late"), ("还早的", "ahead"),
    ]  # fmt: skip
    assert (found.late, found.late_own, risks_of(town, head, on=on).late_own) == (1, 1, 0)
    page = page_of(town.officer, f"/posts/{town.member.person.pk}/?on={on}")
    assert "负责的廉政风险点有 1 个逾期未复查" in page
    assert 'data-due="late"' in page


def test_posts_and_points_are_those_of_the_day(town, head):
    point = make_risk(town, roles=("unit_head",))
    Post.objects.filter(person=head).update(starts_on=TODAY - 9 * DAY, ends_on=TODAY + DAY)
    assert risks_of(town, head, on=TODAY - DAY).whole == 0
    assert risks_of(town, head).whole == 1
    assert risks_of(town, head, on=TODAY + DAY).whole == 0
    lift_risk(point.pk, "权限已上收", version=point.version, by=None, at=NOON)
    assert risks_of(town, town.member.person).whole == 0


def test_what_the_reader_may_not_see_is_neither_shown_nor_counted(town, head):
    make_risk(town)
    assert risks_of(town, head, user=town.stranger).whole == 0
    # The branch secretary leads the member, and not the section whose risk it is.
    leader = make_person(town.bureau, "郑书记")
    appoint(leader, town.second, Post.Role.SECRETARY)
    address = f"/posts/{town.member.person.pk}/"
    page = page_of(make_user("zheng", person=leader), address)
    assert "data-risk" not in page
    assert "在可以查阅的范围内,没有由" in page
    assert "data-risk" in page_of(town.member, address)
    assert client_of(town.stranger).get(address).status_code == 404


def test_a_person_without_risks_is_told_so_in_one_sentence(town):
    person = town.secretary.person
    page = page_of(town.officer, f"/posts/{person.pk}/")
    told = f"在可以查阅的范围内,没有由{person.name}负责、岗位对应或属于所领导组织的廉政风险点。"
    assert page.count(told) == 1


def test_each_number_opens_the_list_of_the_same_rows(town, head):
    make_risk(town, matter="岗位的", roles=("unit_head",))
    make_risk(town, (1,), TODAY + 3 * DAY, matter="要到期的")
    other = risk_of(town.office, town.secretary.person.pk, matter="别人的")
    register_risk(other, (1,), NEXT, by=None, at=NOON)
    on = TODAY + 5 * DAY
    sheet = page_of(town.officer, f"/posts/{head.pk}/?on={on}").replace("&amp;", "&")
    for query, matters in (
        (f"?duty={head.pk}", {"岗位的", "要到期的"}),
        (f"?duty={head.pk}-post", {"岗位的"}),
        (f"?duty={head.pk}-led", {"岗位的", "要到期的"}),
        (f"?duty={head.pk}&due=late", {"要到期的"}),
    ):
        href = f"/risks/{query}&on={on}"
        assert f'href="{href}"' in sheet
        listed = page_of(town.officer, href)
        assert {one for one in ("岗位的", "要到期的", "别人的") if f">{one}</a>" in listed} == matters
        assert f"{head.name}:" in listed


@pytest.mark.parametrize("typed", ["{pk}-own", "{pk}-x", "x", "99999", "-own", "9" * 30])
def test_a_choice_of_whom_one_may_not_see_is_unknown(town, typed):
    make_risk(town)
    page = page_of(town.staff, f"/risks/?duty={typed.format(pk=town.secretary.person.pk)}")
    assert "没有“一岗双责:" in page


def test_the_paper_prints_them(town):
    make_risk(town)
    make_risk(town, matter="要到期的", review_on=NEXT - DAY)
    response = client_of(town.officer).get(f"/posts/{town.member.person.pk}/sheet.docx")
    paper = docx.Document(BytesIO(response.content))
    cells = {cell.text for table in paper.tables for row in table.rows for cell in row.cells}
    assert {"提前退休审批", "要到期的", "本人负责", "双人审核、结果公示"} <= cells
    assert any("共2个：本人负责2个；逾期未复查0个。" in line.text for line in paper.paragraphs)


def test_the_paper_of_a_person_without_says_so(town):
    response = client_of(town.officer).get(f"/posts/{town.staff.person.pk}/sheet.docx")
    paper = docx.Document(BytesIO(response.content))
    assert any("没有由" in line.text and "廉政风险点。" in line.text for line in paper.paragraphs)


def test_the_sheet_asks_no_more_however_many_there_are(town, head, django_assert_max_num_queries):
    for number in range(8):
        make_risk(town, matter=f"风险{number}", roles=("unit_head",))
    client, address = client_of(town.officer), f"/posts/{head.pk}/"
    client.get(address)
    for page in (address, f"/risks/?duty={head.pk}-led"):
        with django_assert_max_num_queries(12):
            client.get(page)
