"""One post, two duties: derived from posts and items."""

from datetime import timedelta

import pytest

from onebow.apps.accounts.tests.make import client_of
from onebow.apps.ledger.models import AccessRecord
from onebow.apps.organizations.models import Person, Post
from onebow.apps.organizations.queries.reach import reach_of
from onebow.apps.organizations.tests.make import NOON, TODAY, appoint, join, make_person
from onebow.apps.plans.models import Checkpoint, Item, ItemPerson, Requirement
from onebow.apps.plans.queries.answering import STATES as ANSWERS
from onebow.apps.plans.queries.answering import answered_for, answers_of
from onebow.apps.plans.queries.dual_post_sheet import paper_of, people_with_duty, sheet_of
from onebow.apps.plans.queries.dual_posts import counted, duties_of, holders_on, in_state, items_of_year, states_of
from onebow.apps.plans.tests.make import LECTURE, RESEARCH, ROUTINE, begun, make_item, make_kind, make_plan

DAY = timedelta(days=1)
YEAR_END = TODAY.replace(month=12, day=31)


@pytest.fixture
def kinds(town):
    return {"work": make_kind(town.bureau, ROUTINE), "party": make_kind(town.bureau, LECTURE)}


def page_of(user, address, status=200):
    response = client_of(user).get(address)
    assert response.status_code == status
    return response.content.decode()


def duty_of(town, person, on=TODAY):
    return states_of(holders_on(reach_of(town.officer, TODAY), on), on, TODAY)[person.pk]


def sheet(town, person):
    row = people_with_duty(Person.objects.filter(pk=person.pk), TODAY, TODAY).get()
    return sheet_of(row, reach_of(town.officer, TODAY), TODAY, TODAY)


def work_of(town, kinds, person, **facts):
    return make_item(make_plan(town.bureau), kinds["work"], town.office, person=person, **facts)


def lecture_of(town, kinds, person, **facts):
    return make_item(make_plan(town.committee), kinds["party"], town.first, "专题党课", person=person, **facts)


def test_secretary_and_head_in_one_person_has_both(town):
    assert duty_of(town, town.secretary.person) == "both"


def test_a_head_lacks_a_party_duty_until_an_item_names_them(town, kinds):
    head = town.member.person
    appoint(head, town.wages, Post.Role.UNIT_HEAD)
    assert duty_of(town, head) == "no_party"
    item = lecture_of(town, kinds, None)
    ItemPerson.objects.create(item=item, person=head)
    assert duty_of(town, head) == "both"
    item.state = Item.State.CANCELLED
    item.save()
    assert duty_of(town, head) == "no_party"


def test_a_head_who_is_no_member_is_told_apart(town):
    appoint(town.staff.person, town.wages, Post.Role.DEPUTY_HEAD)
    assert duty_of(town, town.staff.person) == "outside"


def test_a_secretary_lacks_a_business_duty_until_an_item_names_them(town, kinds):
    secretary = town.member.person
    appoint(secretary, town.second, Post.Role.SECRETARY)
    assert duty_of(town, secretary) == "no_business"
    work_of(town, kinds, secretary)
    assert duty_of(town, secretary) == "both"


def test_a_committee_member_alone_is_no_finding_and_each_state_is_found(town):
    other = make_person(town.bureau, "周全")
    appoint(other, town.second, Post.Role.COMMITTEE_MEMBER)
    appoint(town.member.person, town.wages, Post.Role.UNIT_HEAD)
    rows = holders_on(reach_of(town.officer, TODAY), TODAY)
    states = states_of(rows, TODAY, TODAY)
    assert list(in_state(states)(rows, "single")) == [other]
    assert counted(states) == {"both": 1, "no_party": 1, "no_business": 0, "outside": 0, "single": 1}


def test_posts_are_those_of_the_day(town):
    Post.objects.filter(role=Post.Role.SECRETARY).update(starts_on=TODAY - 9 * DAY, ends_on=TODAY)
    Post.objects.filter(role=Post.Role.UNIT_HEAD).update(starts_on=TODAY - 9 * DAY)
    assert duty_of(town, town.secretary.person) == "no_party"
    assert duty_of(town, town.secretary.person, TODAY - DAY) == "both"


def test_items_are_counted_by_side(town, kinds):
    person = town.secretary.person
    begun(work_of(town, kinds, person))
    done = begun(lecture_of(town, kinds, person))
    Item.objects.filter(pk=done.pk).update(state="done", done_at=NOON)
    held = duties_of([person.pk], TODAY)[person.pk]
    assert held.items == {"business": (0, 1), "party": (1, 1)}
    assert [post.role for post in held.posts["business"]] == ["unit_head"]
    assert not items_of_year(TODAY - DAY).exists()


def test_whoever_is_named_answers_else_the_nearest_leader_by_post(town, kinds):
    plan = make_plan(town.bureau)
    head = make_person(town.bureau, "吴局")
    appoint(head, town.bureau, Post.Role.UNIT_HEAD, title="局长")
    named = make_item(plan, kinds["work"], town.wages, person=town.member.person)
    unnamed = make_item(plan, kinds["work"], town.office)
    above = make_item(plan, kinds["work"], town.wages)
    nobody = make_item(plan, kinds["party"], town.second)
    found = answers_of([named, unnamed, above, nobody], TODAY)
    assert (found[named.pk].state, found[named.pk].person) == ("named", town.member.person)
    assert (found[unnamed.pk].person, found[unnamed.pk].post) == (town.secretary.person, "办公室主任")
    assert (found[above.pk].person, found[above.pk].post) == (head, "人社局局长")
    assert found[nobody.pk].person is None


def test_an_item_of_someone_who_left_comes_to_the_leader(town, kinds):
    left = make_person(town.bureau, "郑远")
    item = make_item(make_plan(town.bureau), kinds["work"], town.office, person=left)
    answer = answers_of([item], TODAY)[item.pk]
    assert (answer.state, answer.person) == ("gone", town.secretary.person)
    join(left, town.office)
    assert answers_of([item], TODAY)[item.pk].state == "named"


def test_the_filter_finds_each_answer(town, kinds):
    plan = make_plan(town.bureau)
    people = {"named": town.member.person, "unnamed": None, "gone": make_person(town.bureau, "郑远")}
    rows = {state: make_item(plan, kinds["work"], town.office, person=who) for state, who in people.items()}
    found = {state: list(answered_for(Item.objects.all(), state, TODAY)) for state in ANSWERS}
    assert found == {state: [row] for state, row in rows.items()}


def test_a_sheet_tells_posts_items_and_what_comes_by_post(town, kinds):
    person = town.secretary.person
    late = begun(work_of(town, kinds, person, due_on=TODAY - DAY))
    plan = late.plan
    unnamed = make_item(plan, kinds["work"], town.office)
    research = begun(make_item(plan, make_kind(town.bureau, RESEARCH), town.office, person=town.member.person))
    asked = Requirement.objects.get(kind=research.kind, who="secretary")
    Checkpoint.objects.create(
        item=research, stage=asked.stage, category=asked.category, text=asked.text, who="secretary"
    )
    ItemPerson.objects.create(item=research, person=person)
    told = sheet(town, person)
    assert ([line.item for line in told.business.led], told.hidden) == ([late], 0)
    assert [line.item for line in told.business.parts] == [research]
    assert [(one.matter, one.whole, one.open) for one in told.business.charges] == [
        ("事项", 3, 3),
        ("未明确责任人的事项", 1, 1),
    ]
    assert [(one.matter, one.whole, one.open) for one in told.party.charges] == [("由书记落实的检查点", 1, 1)]
    assert told.remarks == ["牵头的事项有 1 项逾期"]
    assert unnamed not in [line.item for line in told.business.led]
    data = paper_of(person, told, TODAY)
    assert [row["post"] for row in data["posts"]] == ["书记", "主任"]


def test_what_the_reader_may_not_see_is_counted_and_not_shown(town, kinds):
    person = town.member.person
    make_item(make_plan(town.neighbour), kinds["work"], town.neighbour_section, person=person)
    told = sheet(town, person)
    assert (told.business.led, told.hidden) == ([], 1)


def test_the_pages_show_people_items_and_the_sheet(town, kinds):
    appoint(town.member.person, town.wages, Post.Role.UNIT_HEAD)
    work_of(town, kinds, None)
    page = page_of(town.officer, f"/posts/?on={YEAR_END}")
    assert f'data-person="{town.member.person.pk}" data-duty="no_party"' in page
    assert 'data-answer="unnamed"' in page_of(town.officer, f"/posts/items/?on={YEAR_END}")
    person = town.secretary.person
    sheet = page_of(town.officer, f"/posts/{person.pk}/?on={YEAR_END}")
    assert 'data-charge="未明确责任人的事项"' in sheet
    assert AccessRecord.objects.filter(person_id=person.pk, what="record").count() == 1
    part = client_of(town.officer).get(f"/posts/?duty=both&on={YEAR_END}", headers={"HX-Request": "true"})
    assert f'data-person="{town.member.person.pk}"' not in part.content.decode()


@pytest.mark.parametrize(("kind", "magic"), [("docx", b"PK"), ("pdf", b"%PDF")])
def test_the_sheet_prints(town, kinds, kind, magic):
    person = town.secretary.person
    work_of(town, kinds, person)
    response = client_of(town.secretary).get(f"/posts/{person.pk}/sheet.{kind}")
    assert response.content.startswith(magic)
    assert client_of(town.secretary).get(f"/posts/{person.pk}/sheet.txt").status_code == 404


def test_everybody_finds_themselves_and_strangers_nobody(town):
    own, other = town.member.person.pk, town.secretary.person.pk
    page_of(town.member, f"/posts/{own}/")
    page_of(town.member, f"/posts/{other}/", 404)
    page_of(town.stranger, "/posts/", 404)
    assert f'data-person="{other}"' not in page_of(town.member, "/posts/")
    assert "还没有任职人员" in page_of(town.member, "/posts/")


@pytest.mark.parametrize("address", ["/posts/", "/posts/items/", "/posts/{pk}/"])
def test_a_page_asks_few_questions_however_long_it_is(town, kinds, address, django_assert_max_num_queries):
    plan = make_plan(town.bureau)
    for number in range(8):
        person = make_person(town.bureau, f"人{number}")
        appoint(person, town.second, Post.Role.COMMITTEE_MEMBER)
        make_item(plan, kinds["work"], town.office, person=town.secretary.person if number % 2 else None)
    client, pk = client_of(town.officer), town.secretary.person.pk
    client.get(address.format(pk=pk))
    with django_assert_max_num_queries(12):
        client.get(address.format(pk=pk))
    assert Person.objects.count() > 8
