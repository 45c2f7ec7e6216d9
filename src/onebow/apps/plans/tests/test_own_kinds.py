"""Kinds that the office makes itself, and requirements that it adds to kinds of packs."""

import pytest

from onebow.apps.base.refusals import Refused
from onebow.apps.ledger.models import Entry
from onebow.apps.organizations.tests.make import NOON, TODAY
from onebow.apps.plans.models import ItemKind, Requirement
from onebow.apps.plans.services.kind_requirements import add_requirement, drop_requirement
from onebow.apps.plans.services.kinds import KindDraft, PackMark, RequirementDraft, StageDraft, put_kind
from onebow.apps.plans.services.own_kinds import add_kind, end_kind

DRAFT = KindDraft("", "窗口服务", "business", "business", (StageDraft("s1", "受理"), StageDraft("s2", "办结")))
STYLE = RequirementDraft("style", "一次告知", "s1")


def added(town, **facts):
    return add_kind(town.bureau.pk, facts.pop("draft", DRAFT), by=facts.pop("by", town.officer), at=NOON)


@pytest.fixture
def packed(town):
    """A kind of a pack with one requirement."""
    draft = KindDraft("visit", "走访", "business", "business", DRAFT.stages, (STYLE,))
    put_kind(town.bureau, draft, PackMark("small", "1"), on=TODAY)
    return ItemKind.objects.get(key="visit")


def test_own_kinds_get_keys_of_their_own(town):
    first = added(town)
    end_kind(first.pk, by=town.officer, at=NOON)
    second = added(town)
    assert [first.key, second.key] == ["own-1", "own-2"]
    assert (second.pack, second.starts_on) == ("", TODAY)
    kinds = Entry.objects.filter(kind__startswith="kind.").order_by("pk").values_list("kind", flat=True)
    assert list(kinds) == ["kind.added", "kind.ended", "kind.added"]


def test_two_open_kinds_of_a_unit_do_not_share_a_name(town):
    added(town)
    with pytest.raises(Refused, match="已有名为“窗口服务”"):
        added(town)


def test_only_officers_make_and_end_kinds(town):
    with pytest.raises(Refused, match="党务干部"):
        added(town, by=town.secretary)
    kind = added(town)
    with pytest.raises(Refused, match="党务干部"):
        end_kind(kind.pk, by=town.secretary, at=NOON)


def test_a_unit_that_is_no_more_gets_no_kind(town):
    town.bureau.ends_on = TODAY
    town.bureau.save()
    with pytest.raises(Refused, match="已经撤销"):
        added(town, by=None)


def test_a_kind_ends_once_and_one_of_a_pack_only_with_it(town, packed):
    kind = added(town)
    end_kind(kind.pk, by=town.officer, at=NOON)
    with pytest.raises(Refused, match="已经停用"):
        end_kind(kind.pk, by=town.officer, at=NOON)
    with pytest.raises(Refused, match="来自工作法"):
        end_kind(packed.pk, by=town.officer, at=NOON)


def test_a_requirement_is_added_and_taken_away(town, packed):
    row = add_requirement(packed.pk, RequirementDraft("integrity", "不收礼", "s2"), by=town.officer, at=NOON)
    assert (row.stage.key, row.pack) == ("s2", "")
    drop_requirement(row.pk, by=town.officer, at=NOON)
    assert Requirement.objects.count() == 1
    assert Entry.objects.filter(kind="kind.changed").count() == 2


@pytest.mark.parametrize(
    ("draft", "reason"),
    [
        (RequirementDraft("style", "少说", "s9"), "没有这个阶段"),
        (RequirementDraft("style", "少说", who="each"), "哪个阶段"),
        (RequirementDraft("style", "少说", "s1", "traveller"), "没有外出人员"),
        (STYLE, "文字相同"),
    ],
)
def test_a_requirement_that_fits_nowhere_is_refused(town, packed, draft, reason):
    with pytest.raises(Refused, match=reason):
        add_requirement(packed.pk, draft, by=town.officer, at=NOON)
    assert Requirement.objects.count() == 1


def test_of_the_whole_item_each_category_is_said_once(town, packed):
    whole = RequirementDraft("political", "为民服务")
    add_requirement(packed.pk, whole, by=town.officer, at=NOON)
    with pytest.raises(Refused, match="同一类只能有一条"):
        add_requirement(packed.pk, whole, by=town.officer, at=NOON)


def test_what_a_pack_requires_is_not_taken_away_here(town, packed):
    with pytest.raises(Refused, match="来自工作法"):
        drop_requirement(packed.requirements.get().pk, by=town.officer, at=NOON)


def test_only_officers_add_requirements_and_only_to_open_kinds(town, packed):
    draft = RequirementDraft("integrity", "不收礼", "s2")
    with pytest.raises(Refused, match="党务干部"):
        add_requirement(packed.pk, draft, by=town.secretary, at=NOON)
    packed.starts_on, packed.ends_on = None, TODAY
    packed.save()
    with pytest.raises(Refused, match="已被新版本取代"):
        add_requirement(packed.pk, draft, by=town.officer, at=NOON)
