"""What begins on the day of effect or later is told before a plan is handed in, with the first day that would do."""

from datetime import timedelta

import pytest

from onebow.apps.accounts.tests.make import client_of
from onebow.apps.base.refusals import Refused
from onebow.apps.organizations.models import Link, Organization, Restructuring
from onebow.apps.organizations.queries.restructuring.late import late_words
from onebow.apps.organizations.services.restructuring import edits
from onebow.apps.organizations.services.restructuring.drafts import facts_of
from onebow.apps.organizations.services.restructuring.enact import enact_restructuring
from onebow.apps.organizations.tests.make_plans import (
    AT,
    GENERAL,
    ON,
    K,
    approve,
    carry_out,
    give_reasons,
    make_bureau,
    make_post,
    make_proposal,
    submit,
    whole,
)
from onebow.apps.organizations.tests.test_restructuring_enact_days import (
    joined_on_the_day,
    moved_on_the_day,
    posted_on_the_day,
    renamed_on_the_day,
)

A_DAY = timedelta(days=1)


@pytest.fixture
def bureau(db):
    return make_bureau()


def founded_on_the_day(bureau):
    Organization.objects.filter(pk=bureau.branches[GENERAL].pk).update(starts_on=ON)


def set_in_on_the_day(bureau):
    Link.objects.filter(source=bureau.branches[GENERAL], kind="set_in").update(starts_on=ON)


def late(plan):
    return late_words(whole(plan), facts_of(plan, ON)[1])


def without_general(bureau) -> Restructuring:
    """A plan that moves, renames, and dissolves a general branch."""
    plan = make_proposal(bureau)
    general = plan.planned.get(kind=K.GENERAL_BRANCH)
    edits.drop_general(general.pk, version=plan.version, by=bureau.officer, at=AT)
    give_reasons(plan, bureau)
    return Restructuring.objects.get(pk=plan.pk)


@pytest.mark.parametrize(
    ("began", "named"),
    [
        (joined_on_the_day, "当天或之后才编入现在的支部"),
        (posted_on_the_day, "的组织委员职务在"),
        (moved_on_the_day, "“第3党支部”自2026年3月2日起才在现在的上级之下"),
        (renamed_on_the_day, "“第1党支部”在2026年3月2日才设立或更名"),
        (founded_on_the_day, f"“{GENERAL}”的设立、上级关系或联系自2026年3月2日起"),
        (set_in_on_the_day, f"“{GENERAL}”的设立、上级关系或联系自2026年3月2日起"),
    ],
)
def test_what_begins_on_the_day_is_told_before_submission_and_the_day_after_will_do(bureau, began, named):
    began(bureau)
    plan = without_general(bureau)
    words = late(plan)
    assert [named in one for one in words] == [True]
    assert words[0].endswith("实施日期不能早于2026年3月3日")
    page = client_of(bureau.officer).get(f"/restructurings/{plan.pk}/hindrances/").content.decode()
    assert words[0] in page
    with pytest.raises(Refused, match=f"方案还不能提交:{words[0]}"):
        submit(plan, bureau)
    plan = approve(plan, bureau, on=ON + A_DAY)
    enact_restructuring(plan.pk, by=bureau.officer, at=AT + A_DAY)
    assert Restructuring.objects.get(pk=plan.pk).state == "enacted"


def test_what_stays_as_it_is_may_have_begun_on_the_day(bureau):
    plan = carry_out(make_proposal(bureau), bureau)
    again = make_proposal(bureau)
    assert plan.state == "enacted"
    assert late(again) == []


def test_many_who_came_on_the_day_are_one_line_and_the_latest_day_counts(bureau):
    for number, person in enumerate(bureau.people["法制科"][1:6]):
        person.memberships.filter(side="party").update(starts_on=ON + timedelta(days=number))
    (words,) = late(without_general(bureau))
    assert "等 5 名党员" in words
    assert words.endswith("实施日期不能早于2026年3月7日")


def test_what_came_after_it_was_handed_in_is_told_on_its_page(bureau):
    plan = approve(make_proposal(bureau), bureau)
    make_post(bureau.people["法制科"][1], bureau.branches["第1党支部"], "organization_member", starts_on=ON)
    page = client_of(bureau.officer).get(f"/restructurings/{plan.pk}/hindrances/").content.decode()
    assert page.count("data-late") == 1


def test_the_number_of_statements_is_fixed(bureau, django_assert_num_queries):
    plan = without_general(bureau)
    read, facts = whole(plan), facts_of(plan, ON)[1]
    with django_assert_num_queries(6):
        late_words(read, facts)
