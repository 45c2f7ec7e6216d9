"""Kinds of meetings as packs say them, and which fit an organization."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import transaction

from onebow.apps.base.refusals import Refused
from onebow.apps.meetings.models import MeetingKind
from onebow.apps.meetings.queries.kinds import kinds_for
from onebow.apps.meetings.services.kinds import MeetingKindDraft, put_meeting_kind
from onebow.apps.meetings.tests.make import MARK, STUDY, make_group
from onebow.apps.organizations.tests.make import TODAY
from onebow.apps.plans.services.kinds import PackMark


def put(branch, draft, mark=MARK, on=TODAY):
    with transaction.atomic():
        return put_meeting_kind(branch.town.committee, draft, mark, on=on)


def keys(organization, on=TODAY):
    return [kind.key for kind in kinds_for(organization, on)]


def test_the_same_again_changes_nothing(branch):
    assert put(branch, STUDY) == "same"
    assert put(branch, STUDY, PackMark("test", "2")) == "same"
    assert MeetingKind.objects.get(key="study").pack_version == "2"


def test_another_word_ends_the_row_and_meetings_keep_it(branch):
    changed = MeetingKindDraft("study", "集体学习", is_study=True)
    assert put(branch, changed) == "changed"
    assert MeetingKind.objects.get(key="study", ends_on=None).name == "集体学习"
    before = {kind.key: kind.name for kind in kinds_for(branch.here, TODAY - timedelta(days=1))}
    assert before["study"] == "集中学习"


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"side": "west"}, "归属"),
        ({"due_to": "everybody"}, "应到范围"),
        ({"quorum": "most"}, "到会规则"),
        ({"usual_hours": Decimal(0)}, "通常时长"),
    ],
)
def test_words_that_are_not_ours_are_refused(branch, facts, words):
    with pytest.raises(Refused, match=words):
        put(branch, MeetingKindDraft("strange", "奇会", **facts))


def test_a_branch_holds_party_meetings_and_joint_ones(branch):
    assert set(keys(branch.here)) == {
        "members_meeting", "committee", "lecture", "theme_day", "study", "life_meeting", "course",
    }  # fmt: skip


def test_a_section_holds_business_meetings_and_joint_ones(branch):
    assert keys(branch.town.office) == ["course", "weekly"]


def test_a_group_holds_its_own_and_what_needs_no_quorum(branch):
    group = make_group(branch, *branch.members[:2])
    assert set(keys(group)) == {"group_meeting", "lecture", "theme_day", "study", "life_meeting", "course"}


def test_what_is_said_nearer_goes_before(branch):
    with transaction.atomic():
        put_meeting_kind(branch.here, MeetingKindDraft("study", "支部学习", is_study=True), MARK, on=TODAY)
    assert next(kind.name for kind in kinds_for(branch.here, TODAY) if kind.key == "study") == "支部学习"
