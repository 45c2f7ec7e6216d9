"""Kinds as a pack says them."""

from dataclasses import replace
from datetime import timedelta

import pytest

from onebow.apps.base.refusals import Refused
from onebow.apps.organizations.tests.make import TODAY
from onebow.apps.plans.models import ItemKind, Requirement
from onebow.apps.plans.queries.scopes import organizations_in, scope_ids
from onebow.apps.plans.services.kinds import PackMark, RequirementDraft, put_kind, said_by
from onebow.apps.plans.tests.make import RESEARCH, make_kind

MARK = PackMark("test", "1")


def test_a_kind_reads_back_as_it_was_said(town):
    assert said_by(make_kind(town.bureau, RESEARCH)) == RESEARCH


def test_the_same_kind_again_changes_nothing(town):
    kind = make_kind(town.bureau, RESEARCH)
    assert put_kind(town.bureau, RESEARCH, MARK, on=TODAY) == "same"
    assert ItemKind.objects.get(key="research") == kind


def test_the_same_words_in_a_new_version_only_bear_its_mark(town):
    kind = make_kind(town.bureau, RESEARCH)
    assert put_kind(town.bureau, RESEARCH, PackMark("test", "2"), on=TODAY) == "same"
    kind.refresh_from_db()
    assert kind.pack_version == "2"
    assert set(kind.requirements.values_list("pack_version", flat=True)) == {"2"}


def test_another_text_ends_the_row_and_adds_one_with_what_the_office_added(town):
    kind = make_kind(town.bureau, RESEARCH)
    Requirement.objects.create(kind=kind, stage=kind.stages.get(key="drafting"), category="style", text="少写套话")
    later = replace(RESEARCH, requirements=(RequirementDraft("political", "方案写明依据", "plan"),))
    assert put_kind(town.bureau, later, PackMark("test", "2"), on=TODAY + timedelta(days=30)) == "changed"
    kind.refresh_from_db()
    now = ItemKind.objects.get(key="research", ends_on=None)
    assert kind.ends_on == TODAY + timedelta(days=30)
    assert said_by(now) == later
    assert now.requirements.get(pack="").text == "少写套话"
    assert now.requirements.get(pack="").stage.kind == now


def test_a_requirement_of_a_stage_that_is_not_there_is_refused(town):
    wrong = replace(RESEARCH, requirements=(RequirementDraft("style", "写实", "nowhere"),))
    with pytest.raises(Refused, match="没有阶段“nowhere”"):
        put_kind(town.bureau, wrong, MARK, on=TODAY)


def test_the_word_of_a_unit_holds_for_the_branches_of_its_committee_and_not_for_the_neighbour(town):
    found = set(organizations_in(town.bureau, TODAY).values_list("name", flat=True))
    assert {"办公室", "第1党支部", "人社局机关党委", "人社局"} <= found
    assert "水务局" not in found
    assert town.bureau.pk in scope_ids(town.first, TODAY)
    assert scope_ids(town.first, TODAY)[0] == town.first.pk
    assert town.bureau.pk not in scope_ids(town.neighbour_section, TODAY)
