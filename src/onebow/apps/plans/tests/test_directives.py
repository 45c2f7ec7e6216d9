"""The register of what came from above."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import QuerySet

from onebow.apps.base.refusals import Refused
from onebow.apps.ledger.models import Entry
from onebow.apps.organizations.queries.reach import reach_of
from onebow.apps.organizations.tests.make import NOON, TODAY
from onebow.apps.plans.models import Directive, Drive, Progress
from onebow.apps.plans.queries.directives import (
    STATES,
    asking,
    directives_on,
    fulfilment_of,
    in_state,
    shares_of,
    standing_of,
)
from onebow.apps.plans.services.directives import change_directive, register_directive, reply_directive
from onebow.apps.plans.tests.make import ROUTINE, begun, make_item, make_kind, make_plan
from onebow.apps.plans.tests.make_registers import draft_of, make_directive

DAY = timedelta(days=1)


def upload(name: str = "通知.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, b"%PDF-1.4")


def test_a_secretary_registers_one_with_its_file(town):
    made = register_directive(draft_of(town.first), upload=upload(), by=town.secretary, at=NOON)
    entry = Entry.objects.select_related("body").get(kind="directive.registered")
    assert (entry.source_id, entry.by_id, entry.data, entry.files) == (
        made.pk, town.secretary.pk, {"kind": "document"}, [made.file.sha256],
    )  # fmt: skip


def test_a_member_registers_nothing(town):
    with pytest.raises(Refused, match="由它的书记"):
        register_directive(draft_of(town.second), by=town.member, at=NOON)


@pytest.mark.parametrize("field", ["title", "number", "source", "gist"])
def test_what_is_marked_secret_is_refused(town, field):
    with pytest.raises(Refused, match="涉密文件不得进入本系统"):
        make_directive(town.first, **{field: "机密★10年"})


def test_a_file_named_secret_is_refused(town):
    with pytest.raises(Refused, match="文件名标有密级"):
        register_directive(draft_of(town.first), upload=upload("方案(秘密).pdf"), by=None, at=NOON)


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"received_on": TODAY + DAY}, "收到日期不能晚于今天"),
        ({"issued_on": TODAY}, "成文日期不能晚于收到日期"),
        ({"reply_due_on": TODAY - 11 * DAY}, "不能早于收到日期"),
    ],
)
def test_days_that_do_not_fit_are_refused(town, facts, words):
    with pytest.raises(Refused, match=words):
        make_directive(town.first, **facts)


def test_the_same_number_of_the_same_source_is_refused_and_none_is_not(town):
    make_directive(town.first)
    with pytest.raises(Refused, match="已经登记过"):
        make_directive(town.first)
    make_directive(town.first, number="")
    make_directive(town.first, number="")
    make_directive(town.second)


def test_a_correction_tells_which_fields_and_raises_the_version(town):
    made = make_directive(town.first)
    draft = replace(draft_of(town.first), title="关于稳就业的通知")
    changed = change_directive(made.pk, draft, version=1, upload=upload(), by=town.secretary, at=NOON)
    assert (changed.title, changed.version) == ("关于稳就业的通知", 2)
    assert Entry.objects.select_related("body").get(kind="directive.changed").data == {"fields": ["title", "file"]}
    with pytest.raises(Refused, match="已被"):
        change_directive(made.pk, draft_of(town.first), version=1, by=town.officer, at=NOON)
    with pytest.raises(Refused, match="没有改动"):
        change_directive(made.pk, draft, version=2, by=town.secretary, at=NOON)


def test_a_reply_is_told_with_its_day_and_corrected(town):
    made = make_directive(town.first)
    reply_directive(made.pk, on=TODAY - DAY, number="1号", by=town.secretary, at=NOON)
    assert Entry.objects.get(kind="directive.replied").happened_on == TODAY - DAY
    reply_directive(made.pk, on=TODAY, number="1号", by=town.secretary, at=NOON)
    assert Entry.objects.filter(kind="directive.changed").count() == 1
    with pytest.raises(Refused, match="没有改动"):
        reply_directive(made.pk, on=TODAY, number="1号", by=town.secretary, at=NOON)


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"on": TODAY + DAY}, "不能晚于今天"),
        ({"on": TODAY - 11 * DAY}, "不能早于收到"),
        ({"on": TODAY, "number": "〔密〕3号"}, "反馈文号标有密级"),
    ],
)
def test_a_reply_that_does_not_fit_is_refused(town, told, words):
    made = make_directive(town.first)
    with pytest.raises(Refused, match=words):
        reply_directive(made.pk, **told, by=town.secretary, at=NOON)


def test_only_who_keeps_or_leads_it_replies(town):
    made = make_directive(town.second)
    with pytest.raises(Refused, match="由它的书记"):
        reply_directive(made.pk, on=TODAY, by=town.member, at=NOON)


def four(town) -> dict[str, Directive]:
    late = make_directive(town.first, title="逾期", number="2号", reply_due_on=TODAY - DAY)
    waiting = make_directive(town.first, title="待反馈", number="3号", reply_due_on=TODAY + 3 * DAY)
    none = make_directive(town.first, title="无需", number="4号", reply_due_on=None)
    replied = make_directive(town.first, title="已反馈", number="5号", reply_due_on=TODAY - 3 * DAY)
    replied = reply_directive(replied.pk, on=TODAY - DAY, by=None, at=NOON)
    return {"overdue": late, "waiting": waiting, "none": none, "replied": replied}


def test_the_four_states_in_words_and_in_the_filter(town):
    rows = four(town)
    assert {state: standing_of(row, TODAY).state for state, row in rows.items()} == {state: state for state in STATES}
    assert [standing_of(row, TODAY).note for row in rows.values()] == ["已逾期 1 天", "还有 3 天", "", "迟 2 天"]
    found: QuerySet[Directive] = directives_on(reach_of(town.secretary, TODAY), TODAY)
    assert {state: list(in_state(TODAY)(found, state)) for state in STATES} == {
        state: [row] for state, row in rows.items()
    }


def test_before_it_was_replied_to_it_had_not_been(town):
    replied = four(town)["replied"]
    assert standing_of(replied, TODAY - 2 * DAY).state == "overdue"
    found = directives_on(reach_of(town.secretary, TODAY), TODAY - 2 * DAY)
    assert replied in in_state(TODAY - 2 * DAY)(found, "overdue")


def test_a_reply_asks_for_it_from_a_week_before_it_is_due(town):
    rows = four(town)
    assert list(asking(Directive.objects.order_by("reply_due_on"), TODAY)) == [rows["overdue"], rows["waiting"]]


def test_the_fulfilment_writes_itself_from_what_hangs_on_it(town):
    made = make_directive(town.first)
    plan, kind = make_plan(town.office), make_kind(town.bureau, ROUTINE)
    person = town.secretary.person
    first = begun(make_item(plan, kind, town.office, "走访企业", directive=made, person=person, due_on=TODAY - DAY))
    done = begun(make_item(plan, kind, town.office, "建立台账", directive=made))
    done.state, done.done_at = "done", NOON
    done.save()
    make_item(plan, kind, town.office, "取消的", directive=made, state="cancelled")
    Progress.objects.create(item=first, on=TODAY - 2 * DAY, text="走访 12 家", made_at=NOON)
    Progress.objects.create(item=first, on=TODAY, text="走访 30 家", made_at=NOON)
    drive = Drive.objects.create(
        organization=town.first, kind="other", name="稳就业行动", directive=made, created_at=NOON, updated_at=NOON
    )
    reach = reach_of(town.secretary, TODAY)
    told = fulfilment_of(made, reach, TODAY, TODAY)
    assert (told.done, told.total, told.drives) == (1, 2, [drive])
    line = told.lines[0]
    assert (line.item, line.is_late, line.word, line.progress) == (first, True, "进行中:办理", "走访 30 家")
    assert shares_of([made], reach) == {made.pk: (1, 2)}
    assert fulfilment_of(made, reach, TODAY - DAY, TODAY).total == 0
