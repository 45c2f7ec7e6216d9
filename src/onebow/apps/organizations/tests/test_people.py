"""People, where they belong, what posts they hold."""

from datetime import date
from importlib import import_module

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction

from onebow.apps.base.refusals import Refused
from onebow.apps.ledger.models import AccessRecord, EntryPerson
from onebow.apps.organizations.models import Membership, Person, Post
from onebow.apps.organizations.services.memberships import (
    MembershipDraft,
    end_membership,
    end_post,
    start_membership,
)
from onebow.apps.organizations.services.people import (
    PersonDraft,
    change_person,
    merge_people,
    register_person,
    reveal,
)
from onebow.apps.organizations.tests.make import NOON, TODAY, appoint, join, make_person

ID = "990101199211021082"


def test_a_registered_person_is_found_by_initials_and_the_number_lies_encrypted(town, django_assert_num_queries):
    person = register_person(town.bureau.pk, PersonDraft("单晓云", id_number=ID), by=town.officer, at=NOON)
    assert person.initials == "sxy"
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT id_number FROM organizations_person WHERE id = %s", [person.pk])
        assert ID.encode() not in bytes(cursor.fetchone()[0])
    assert Person.objects.get(pk=person.pk).id_number == ID


def test_one_number_is_one_person_within_a_unit_and_says_nothing_of_another_unit(town):
    make_person(town.bureau, "周舟", id_number=ID)
    with pytest.raises(Refused, match="已登记给周舟"):
        make_person(town.bureau, "周州", id_number=ID)
    assert make_person(town.neighbour, "周舟", id_number=ID).pk


def test_conversion_before_admission_is_refused(town):
    with pytest.raises(Refused, match="早于入党时间"):
        make_person(town.bureau, "吴前", joined_on=date(2010, 1, 1), full_on=date(2009, 1, 1))


def test_of_two_officers_who_edit_one_person_the_second_is_told(town):
    person = make_person(town.bureau, "周舟")
    change_person(person.pk, PersonDraft("周舟", note="一"), version=1, by=town.officer, at=NOON)
    with pytest.raises(Refused, match="已被officer"):
        change_person(person.pk, PersonDraft("周舟", note="二"), version=1, by=town.officer, at=NOON)


def test_a_member_is_not_in_two_branches_on_one_day(town):
    with pytest.raises(Refused, match="同一天不能在两个支部"):
        join(town.member.person, town.first)


def test_a_transfer_ends_the_old_relation_on_the_day_the_new_begins(town):
    draft = MembershipDraft(town.member.person.pk, town.first.pk, "party", starts_on=TODAY, transfer=True)
    start_membership(draft, by=town.officer, at=NOON)
    relations = Membership.objects.filter(person=town.member.person, side="party")
    assert relations.on(date(2026, 3, 1)).get().organization == town.second
    assert relations.on(TODAY).get().organization == town.first


def test_nobody_leaves_before_being_born(town):
    person = make_person(town.bureau, "周舟", born_on=date(1990, 5, 1))
    membership = join(person, town.wages)
    with pytest.raises(Refused, match="早于本人出生日期"):
        end_membership(membership.pk, on=date(1990, 1, 1), by=town.officer, at=NOON)


def test_an_earlier_time_in_another_branch_is_no_second_branch(town):
    old = Membership.objects.get(person=town.member.person, side="party")
    end_membership(old.pk, on=TODAY, by=town.officer, at=NOON)
    assert join(town.member.person, town.first, starts_on=TODAY).organization == town.first


def test_the_database_itself_holds_one_open_party_relation(town):
    with pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.create(
            person=town.member.person, organization=town.first, side="party", created_at=NOON, updated_at=NOON
        )


def test_who_is_no_member_joins_no_branch(town):
    with pytest.raises(Refused, match="不是党员"):
        join(town.staff.person, town.first)


def test_a_branch_has_one_secretary_at_a_time(town):
    with pytest.raises(Refused, match="现任书记是赵立"):
        appoint(town.member.person, town.first, Post.Role.SECRETARY)
    end_post(Post.objects.get(organization=town.first, role="secretary").pk, on=TODAY, by=town.officer, at=NOON)
    assert appoint(town.member.person, town.first, Post.Role.SECRETARY, starts_on=TODAY).pk


def test_a_post_and_its_end_close_the_sessions_of_the_account(town):
    before = town.secretary.rights_version
    end_post(Post.objects.get(organization=town.first, role="secretary").pk, on=TODAY, by=town.officer, at=NOON)
    town.secretary.refresh_from_db()
    assert town.secretary.rights_version == before + 1


def test_merging_a_double_keeps_its_facts_posts_and_account(town):
    double = make_person(town.bureau, "赵 立", id_number=ID)
    keep = town.secretary.person
    join(double, town.wages)
    merge_people(keep.pk, double.pk, by=town.officer, at=NOON)
    keep.refresh_from_db()
    double.refresh_from_db()
    assert keep.id_number == ID
    assert double.merged_into == keep
    assert set(keep.memberships.values_list("organization__name", flat=True)) == {"办公室", "第1党支部", "工资福利科"}
    assert EntryPerson.objects.filter(entry__kind="person.merged", person_id=keep.pk).exists()


def test_records_that_were_merged_step_by_step_point_to_the_one_that_stands(town):
    first, second, third, fourth = (make_person(town.bureau, "周舟") for _ in range(4))
    for double, into in ((first, second), (second, third), (third, fourth)):
        Person.objects.filter(pk=double.pk).update(merged_into=into)
    import_module("onebow.apps.organizations.migrations.0005_merged_once").point_to_the_last(apps, None)
    assert set(fourth.merged.values_list("pk", flat=True)) == {first.pk, second.pk, third.pk}
    assert Person.objects.get(pk=fourth.pk).merged_into is None


def test_two_people_with_different_numbers_are_not_merged(town):
    one = make_person(town.bureau, "周舟", id_number=ID)
    two = make_person(town.bureau, "周舟", id_number="990101198305274086")
    with pytest.raises(Refused, match="号码不同"):
        merge_people(one.pk, two.pk, by=town.officer, at=NOON)


def test_people_of_two_units_are_not_merged(town):
    with pytest.raises(Refused, match="不同单位"):
        merge_people(town.secretary.person.pk, town.neighbour_person.pk, by=None, at=NOON)


def test_a_full_number_is_shown_for_a_reason_that_is_recorded(town):
    person = make_person(town.bureau, "周舟", id_number=ID)
    with pytest.raises(Refused, match="写明查看原因"):
        reveal(person.pk, "id_number", reason=" ", by=town.officer, at=NOON)
    assert reveal(person.pk, "id_number", reason="核对档案", by=town.officer, at=NOON) == ID
    record = AccessRecord.objects.get()
    assert (record.what, record.fields, record.reason) == ("id_number", "id_number", "核对档案")
    assert (record.person_id, record.organization_id, record.by_id) == (person.pk, town.bureau.pk, town.officer.pk)


def test_a_colleague_reveals_nothing(town):
    person = make_person(town.bureau, "周舟", id_number=ID)
    with pytest.raises(Refused, match="没有管理"):
        reveal(person.pk, "id_number", reason="核对档案", by=town.secretary, at=NOON)


def test_probation_ends_on_the_day_of_conversion(town):
    person = make_person(town.bureau, "周舟", joined_on=date(2025, 1, 1), full_on=date(2026, 1, 1))
    assert person.standing_on(date(2025, 12, 31)) == Person.Standing.PROBATIONARY_MEMBER
    assert person.standing_on(date(2026, 1, 1)) == Person.Standing.FULL_MEMBER
