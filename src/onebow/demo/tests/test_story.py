"""The demonstration in the database: written by the services, once, and never beside own data."""

from collections import Counter
from datetime import UTC, date, datetime

import pytest
from django.core.management import CommandError, call_command

from onebow.apps.accounts.models import User
from onebow.apps.base.models import Installation
from onebow.apps.ledger.models import Entry
from onebow.apps.organizations.models import Grant, Membership, Organization, Person, Placement
from onebow.demo import bulk, cast, divisions, frame, installation
from onebow.demo.bureau import build
from onebow.demo.facts import Bureau
from onebow.demo.story import Story

TODAY = date(2026, 3, 2)
NOON = datetime(2026, 3, 2, 4, tzinfo=UTC)


def small(bureau: Bureau) -> Bureau:
    """The bureau with the people of one moved section and the leaders, so that a test takes no seconds."""
    moved = frame.section_key(frame.MOVED)
    keys = {row.person for row in bureau.belongings if row.node in (moved, "unit:0", frame.DISSOLVED)}
    keys |= set(bureau.cast.values())
    return Bureau(
        root=bureau.root,
        nodes=bureau.nodes,
        areas=bureau.areas,
        people=tuple(person for person in bureau.people if person.key in keys),
        belongings=tuple(row for row in bureau.belongings if row.person in keys),
        duties=tuple(duty for duty in bureau.duties if duty.person in keys),
        ties=bureau.ties,
        cast=bureau.cast,
    )


@pytest.fixture
def story(db) -> Story:
    story = Story(small(build(1, TODAY)), opened=date(2024, 3, 1))
    story.tell()
    return story


def test_today_and_a_year_ago_are_both_in_the_database(story):
    moved = story.nodes[frame.section_key(frame.MOVED)]
    then = Placement.objects.on(date(2025, 3, 2)).get(child_id=moved)
    now = Placement.objects.on(TODAY).get(child_id=moved)
    assert (then.parent.name, now.parent.name) == ("社会保险事业管理中心", "局机关")
    section = Organization.objects.get(pk=story.nodes[frame.section_key(frame.RENAMED)])
    assert section.name == "创业指导科"
    assert section.former_names.get().name == "创业服务科"
    dissolved = Organization.objects.get(pk=story.nodes[frame.DISSOLVED])
    assert dissolved.ends_on == date(2024, 8, 1)
    assert dissolved.memberships.filter(ends_on=dissolved.ends_on).count() == 5


def test_every_deed_is_in_the_ledger_on_its_day(story):
    kinds = Counter(Entry.objects.values_list("kind", flat=True))
    assert kinds["person.registered"] == Person.objects.count()
    assert kinds["membership.started"] == Membership.objects.count()
    assert kinds["organization.moved"] == kinds["organization.renamed"] == kinds["organization.dissolved"] == 1
    assert Entry.objects.get(kind="organization.renamed").happened_on == date(2025, 7, 1)
    assert Entry.objects.order_by("recorded_at").first().recorded_at.date() == date(2024, 3, 1)


def test_the_sign_ins_have_the_rights_that_they_are_there_to_show(story):
    people = {word: story.people[key] for word, key in story.bureau.cast.items()}
    cast.open_accounts(story.nodes[frame.ROOT], people, at=NOON)
    assert set(User.objects.values_list("username", flat=True)) == {part.username for part in cast.PARTS}
    assert all(user.check_password(cast.PASSWORD) for user in User.objects.all())
    secretary = Person.objects.get(user__username="secretary")
    assert set(secretary.posts.filter(ends_on=None).values_list("role", flat=True)) >= {"secretary", "unit_head"}
    assert Grant.objects.get().user.username == "officer"
    assert User.objects.exclude(office="none").count() == 3


def test_a_database_of_own_data_takes_no_demonstration_and_the_reverse(db):
    installation.claim(demonstration=False)
    with pytest.raises(CommandError, match="正式数据"):
        call_command("demo")
    Installation.objects.all().delete()
    installation.claim(demonstration=True)
    with pytest.raises(CommandError, match="演示数据"):
        installation.claim(demonstration=False)


def test_a_database_with_something_in_it_is_left_alone(db):
    Organization.objects.create(tree="administrative", kind="unit", name="局", created_at=NOON, updated_at=NOON)
    with pytest.raises(CommandError, match="已有数据"):
        call_command("demo")
    call_command("demo", if_empty=True)
    assert Organization.objects.count() == 1


@pytest.mark.parametrize("people", [0, 499, 750])
def test_a_size_that_is_no_number_of_bureaus_is_refused(db, people):
    with pytest.raises(CommandError, match="500 的倍数"):
        call_command("demo", people=people)


def test_many_bureaus_stand_under_districts_with_their_own_people(db):
    region, persons = bulk.load(2, 1, TODAY, at=NOON, tell=print)
    bureaus = Organization.objects.filter(kind="unit", parent__kind="region")
    assert {bureau.people.count() for bureau in bureaus} == {500}
    assert Membership.objects.on(TODAY).filter(side="party").count() == 640
    top = Organization.objects.get(pk=region)
    assert all(bureau.path.startswith(top.path) for bureau in bureaus)
    assert Placement.objects.on(TODAY).filter(parent=None, child__tree="administrative").count() == 1
    assert Person.objects.get(pk=persons["secretary"]).posts.filter(role="secretary").exists()
    found = Organization.objects.create(tree="party", kind="group", name="新组", created_at=NOON, updated_at=NOON)
    assert found.pk > Organization.objects.exclude(pk=found.pk).order_by("-pk").first().pk


def test_divisions_are_loaded_level_by_level(db, tmp_path):
    (tmp_path / "provinces.csv").write_text('code,name\n99,"云杉省"\n', encoding="utf-8")
    (tmp_path / "cities.csv").write_text('code,name,provinceCode\n9901,"第一市",99\n', encoding="utf-8")
    (tmp_path / "areas.csv").write_text('code,name,cityCode,provinceCode\n990101,"东区",9901,99\n', encoding="utf-8")
    (tmp_path / "streets.csv").write_text('code,name,areaCode\n990101001,"一街道",990101\n', encoding="utf-8")
    (tmp_path / "villages.csv").write_text(
        'code,name,streetCode\n990101001001,"甲村委会",990101001\n990101001002,"乙社区居委会",990101001\n'
        '990101009001,"无主村委会",990101009\n',
        encoding="utf-8",
    )
    count, top = divisions.load(tmp_path, at=NOON)
    assert count == 7
    assert Counter(Organization.objects.values_list("kind", flat=True)) == {"region": 5, "village": 1, "community": 1}
    village = Organization.objects.get(kind="village")
    assert village.depth == 5
    assert village.path.startswith(Organization.objects.get(pk=top).path)


def test_a_missing_file_of_divisions_writes_nothing(db, tmp_path):
    (tmp_path / "provinces.csv").write_text('code,name\n99,"云杉省"\n', encoding="utf-8")
    with pytest.raises(CommandError, match=r"cities\.csv"):
        call_command("demo", divisions=tmp_path)
    assert not Organization.objects.exists()
