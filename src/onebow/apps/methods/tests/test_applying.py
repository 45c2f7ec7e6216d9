"""Packs applied: once, again, in other versions, and looked at beforehand."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from onebow.apps.base.refusals import Refused
from onebow.apps.ledger.models import Entry
from onebow.apps.meetings.models import MeetingKind
from onebow.apps.methods.models import AppliedPack, NamedList
from onebow.apps.methods.queries.shelf import shipped
from onebow.apps.methods.queries.state import said_in
from onebow.apps.methods.services.applying import apply_pack, preview
from onebow.apps.methods.services.lists import fill_list
from onebow.apps.methods.tests.make import NEW_YEAR, NIGHTS, REMIND, SMALL, STUDY, STYLE, THREE, VISIT, applied, packed
from onebow.apps.organizations.tests.make import NOON, TODAY
from onebow.apps.plans.models import Cadence, Duty, ItemKind, Occurrence, Requirement, Stage
from onebow.apps.plans.services.duties import CadenceDraft, change_cadence

TABLES = (MeetingKind, ItemKind, Stage, Requirement, Duty, Cadence, Occurrence, NamedList, AppliedPack, Entry)


def counts() -> list[int]:
    return [table.objects.count() for table in TABLES]


def rows() -> list[list]:
    return [list(table.objects.order_by("pk").values()) for table in TABLES]


def fates(changes) -> dict[str, str]:
    return {f"{row.sort}:{row.key}": row.fate for one in changes for row in one.rows}


def test_a_pack_brings_its_kinds_duties_and_lists_and_the_occurrences_of_the_year(town):
    [changes] = applied(town.bureau)
    assert fates([changes]) == {
        "meeting_kind:study-night": "added", "item_kind:visit": "added", "duty:study-night": "added",
        "named_list:three-rules": "added",
    }  # fmt: skip
    visit = ItemKind.objects.get(key="visit")
    assert (visit.pack, visit.pack_version, visit.is_trip, visit.starts_on) == ("small", "1", True, NEW_YEAR)
    assert set(visit.requirements.values_list("stage__key", "who")) == {(None, "owner"), ("plan", "traveller")}
    assert MeetingKind.objects.get(key="study-night").is_study
    assert Occurrence.objects.filter(organization=town.first).count() == 12
    row = AppliedPack.objects.get()
    assert (row.key, row.pack_version, row.text, len(row.digest)) == ("small", "1", packed().text, 64)
    entry = Entry.objects.get(kind="method.applied")
    assert entry.organization_id == town.bureau.pk


def test_the_same_pack_twice_changes_nothing(town):
    applied(town.bureau)
    before = rows()
    [changes] = applied(town.bureau)
    assert set(fates([changes]).values()) == {"same"}
    assert rows() == before


def test_the_shipped_packs_can_be_applied_in_any_order_and_bring_what_they_stand_on(town):
    keys = ["m2-three-grasps", "m5-branch-section"]
    brought = applied(town.bureau, shipped()[keys[0]])
    assert [one.pack.key for one in brought] == ["base-organization-life", keys[0]]
    assert [one.pack.key for one in applied(town.bureau, shipped()[keys[1]])] == [keys[1]]
    for key in reversed(keys):
        applied(town.neighbour, shipped()[key])
    one, other = ({id_: said.facts for id_, said in said_in(scope).items()} for scope in (town.bureau, town.neighbour))
    assert one == other
    assert len(one) > 60


def test_a_newer_version_says_what_it_changes_and_ends_what_it_leaves_out_from_that_day(town):
    applied(town.bureau)
    newer = packed(
        version="2", requirements=(replace(STYLE, text="不打招呼"), REMIND), duties=(), meeting_kinds=(STUDY,),
    )  # fmt: skip
    [changes] = applied(town.bureau, newer, on=TODAY)
    assert fates([changes]) == {
        "meeting_kind:study-night": "same", "item_kind:visit": "changed", "duty:study-night": "ended",
        "named_list:three-rules": "same",
    }  # fmt: skip
    [moved] = next(row for row in changes.rows if row.key == "visit").differences
    assert (moved.label, len(moved.gone), len(moved.come)) == ("要求", 1, 1)
    assert Duty.objects.get().ends_on == TODAY
    assert Cadence.objects.get().ends_on == TODAY
    assert {row.ends_on for row in ItemKind.objects.filter(pack_version="1")} == {TODAY}
    assert MeetingKind.objects.get().pack_version == "2"
    later = Occurrence.objects.filter(starts_on__gt=TODAY)
    assert not later.exists()
    assert Occurrence.objects.filter(organization=town.first).count() == 3


def test_an_older_version_can_be_applied_again(town):
    for version in ("1", "2", "1"):
        applied(town.bureau, packed(version=version), on=TODAY)
    assert list(AppliedPack.objects.order_by("pk").values_list("pack_version", flat=True)) == ["1", "2", "1"]


def test_the_preview_tells_exactly_what_applying_does_and_leaves_no_trace(town):
    applied(town.bureau)
    newer = packed(version="2", item_kinds=(replace(VISIT, name="下访"),), named_lists=(), duties=(NIGHTS,))
    before = rows()
    seen = preview(newer, town.bureau.pk, on=TODAY, by=None, at=NOON)
    assert rows() == before
    assert seen == applied(town.bureau, newer, on=TODAY)


def test_what_the_office_set_itself_stays_and_is_named(town):
    applied(town.bureau)
    kind, duty, named = ItemKind.objects.get(), Duty.objects.get(), NamedList.objects.get()
    Requirement.objects.create(kind=kind, stage=kind.stages.get(key="trip"), category="style", text="少陪同")
    change_cadence(
        duty.pk, CadenceDraft("FREQ=MONTHLY;INTERVAL=3", basis="支部会议决定"), from_on=TODAY + timedelta(days=40),
        by=town.officer, at=NOON,
    )  # fmt: skip
    fill_list(named.pk, ["一", "二", "三"], version=1, by=town.officer, at=NOON)
    [changes] = applied(town.bureau, packed(version="2", item_kinds=(replace(VISIT, name="下访"),)), on=TODAY)
    found = {row.sort: row for row in changes.rows}
    assert (found["duty"].fate, found["named_list"].fate) == ("kept", "kept")
    assert found["item_kind"].fate == "changed"
    assert "1 条" in found["item_kind"].notes[0]
    assert "周期" in found["duty"].notes[0]
    assert NamedList.objects.get().items == ["一", "二", "三"]
    assert ItemKind.objects.get(ends_on=None).requirements.get(pack="").text == "少陪同"


def test_a_requirement_of_the_office_whose_stage_goes_is_told(town):
    applied(town.bureau)
    kind = ItemKind.objects.get()
    Requirement.objects.create(kind=kind, stage=kind.stages.get(key="trip"), category="style", text="少陪同")
    shorter = packed(version="2", item_kinds=(replace(VISIT, stages=VISIT.stages[:1]),))
    [row] = [row for row in applied(town.bureau, shorter, on=TODAY)[0].rows if row.key == "visit"]
    assert row.notes == ("本单位增加的要求 1 条所在的阶段已停用,随之停用",)


def test_a_list_that_its_pack_names_no_more_goes_if_it_is_empty_and_stays_if_it_was_filled_in(town):
    applied(town.bureau, packed(named_lists=(THREE, replace(THREE, key="other"))))
    fill_list(NamedList.objects.get(key="other").pk, ["一"], version=1, by=None, at=NOON)
    [changes] = applied(town.bureau, packed(version="2", named_lists=()), on=TODAY)
    told = {row.key: row.fate for row in changes.rows if row.sort == "named_list"}
    assert told == {"three-rules": "ended", "other": "kept"}
    assert NamedList.objects.get().pack == ""


def test_a_list_that_nobody_touched_follows_its_pack(town):
    applied(town.bureau)
    applied(town.bureau, packed(version="2", named_lists=(replace(THREE, items=("早", "中", "晚")),)), on=TODAY)
    assert NamedList.objects.get().items == ["早", "中", "晚"]


def test_two_packs_cannot_set_the_same_thing(town):
    applied(town.bureau)
    with pytest.raises(Refused, match=r"会议类别“夜学”.*已由工作法“small”设定"):
        applied(town.bureau, packed(replace(SMALL, key="twin", name="别的办法")))
    assert AppliedPack.objects.count() == 1


def test_only_officers_of_the_unit_apply_a_pack(town):
    for by in (town.secretary, town.stranger):
        with pytest.raises(Refused, match="党务干部"):
            apply_pack(packed(), town.bureau.pk, on=TODAY, by=by, at=NOON)
    with pytest.raises(Refused, match="党务干部"):
        preview(packed(), town.neighbour.pk, on=TODAY, by=town.officer, at=NOON)
    apply_pack(packed(), town.bureau.pk, on=TODAY, by=town.officer, at=NOON)
    assert AppliedPack.objects.get().applied_by == town.officer


def test_a_pack_holds_from_a_day_of_this_year_or_the_next(town):
    for day in (NEW_YEAR - timedelta(days=1), TODAY.replace(year=TODAY.year + 2)):
        with pytest.raises(Refused, match="今年或明年"):
            applied(town.bureau, on=day)


def test_a_pack_that_holds_from_next_year_on_asks_for_that_year(town):
    applied(town.bureau, on=TODAY.replace(year=TODAY.year + 1, month=1, day=1))
    assert {row.starts_on.year for row in Occurrence.objects.all()} == {TODAY.year + 1}


def test_a_unit_that_is_no_more_gets_no_pack(town):
    town.second.ends_on = TODAY
    town.second.save()
    with pytest.raises(Refused, match="已经撤销"):
        applied(town.second)


def test_every_row_knows_its_pack_and_version(town):
    for key in shipped():
        applied(town.bureau, shipped()[key])
    version = {one.pack.key: one.pack.version for one in shipped().values()}
    for table in (MeetingKind, ItemKind, Requirement, Duty, NamedList):
        marks = set(table.objects.values_list("pack", "pack_version"))
        assert marks
        assert all(version[pack] == said for pack, said in marks)


def test_a_version_of_the_same_words_marks_every_row_anew_and_ends_none(town):
    applied(town.bureau)
    [changes] = applied(town.bureau, packed(version="2"), on=TODAY)
    assert not changes.moves
    for table in (MeetingKind, ItemKind, Requirement, Duty, NamedList):
        assert set(table.objects.values_list("pack_version", flat=True)) == {"2"}
    assert not ItemKind.objects.exclude(ends_on=None).exists()


def test_an_update_changes_the_future_alone(town):
    applied(town.bureau)
    first, kind = town.first, ItemKind.objects.get()
    past = list(Occurrence.objects.filter(organization=first, starts_on__lte=TODAY).order_by("starts_on").values())
    quarterly = replace(NIGHTS, recurrence="FREQ=MONTHLY;INTERVAL=3", count=Decimal(2))
    newer = packed(version="2", duties=(quarterly,), item_kinds=(replace(VISIT, name="下访"),))
    applied(town.bureau, newer, on=TODAY)
    rows = Occurrence.objects.filter(organization=first)
    assert list(rows.filter(starts_on__lte=TODAY).order_by("starts_on").values()) == past
    assert set(rows.filter(starts_on__gte=TODAY.replace(month=4, day=1)).values_list("asked", flat=True)) == {2}
    assert rows.count() == 3 + 3
    # Items that began with the former row keep it, with its stages.
    kind.refresh_from_db()
    assert (kind.name, kind.ends_on, kind.stages.count()) == ("走访", TODAY, 2)
    assert ItemKind.objects.get(ends_on=None).name == "下访"


def test_the_next_year_alone_can_be_changed(town):
    applied(town.bureau)
    counted = Occurrence.objects.count()
    next_year = TODAY.replace(year=TODAY.year + 1, month=1, day=1)
    [changes] = applied(town.bureau, packed(version="2", duties=()), on=next_year)
    assert changes.count("ended") == 1
    assert Occurrence.objects.count() == counted
    assert Duty.objects.get().ends_on == next_year
