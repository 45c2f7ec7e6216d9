"""Templates of papers in packs: read with their faults, and put in place."""

from dataclasses import replace
from datetime import timedelta

import pytest

from onebow.apps.base.refusals import Refused
from onebow.apps.documents.official.faults import BadTemplate
from onebow.apps.documents.official.rendering import compose
from onebow.apps.documents.official.trying import problems_of_body, specimen
from onebow.apps.ledger.models import Entry
from onebow.apps.methods.queries.shelf import shipped, text_of
from onebow.apps.methods.reading import BadPack, write_pack
from onebow.apps.methods.services.applying import preview
from onebow.apps.methods.tests.make import BOTH, NEW_YEAR, NOTES, REMINDER, SMALL, applied, document, packed
from onebow.apps.organizations.models import Organization
from onebow.apps.organizations.tests.make import NOON, TODAY
from onebow.apps.plans.models import PackDocument
from onebow.apps.plans.queries.documents import documents_for, template_for, template_of
from onebow.apps.plans.queries.scopes import holding_for, nearness, scope_ids
from onebow.apps.plans.services.documents import DocumentDraft, put_document
from onebow.apps.plans.services.kinds import PackMark

SECTION = '''format = "onebow.pack/1"
key = "p"
name = "办法"
version = "1"
[[document]]
key = "note"
name = "记录单"
of = "meeting"
text = """
@标题 {{ title }}
{% if minutes %}
{{ minutes }}
{% endif %}
@表 attendance
"""
'''
WRONG = {
    "data that are none": ('"meeting"', '"weather"', 8, "可用 meeting、item、directive"),
    "a layout that is none": ('key = "note"', 'key = "note"\nlayout = "ballot"', 7, "可用 plain、sheet、official"),
    "no text": ("@标题 {{ title }}\n{% if minutes %}\n{{ minutes }}\n{% endif %}\n@表 attendance\n", "", 9, "不能为空"),
    "an unknown placeholder": ("{{ title }}", "{{ titel }}", 10, "没有声明的字段 titel,是否想写 title"),
    "a placeholder of other data": ("{{ minutes }}", "{{ travellers }}", 12, "没有声明的字段 travellers"),
    "an unknown mark": ("@标题", "@题目", 10, "不认识的标记 @题目"),
    "a table that is none": ("@表 attendance", "@表 people", 14, "没有声明的字段 people"),
    "an open condition": ("{% endif %}\n", "", 11, "if 没有闭合"),
    "a call": ("{{ minutes }}", "{{ minutes.upper() }}", 12, "本方言没有的语句"),
    "who signs": ("@标题", "@签发人", 10, "只有上行文"),
    "what its data cannot do": ("{{ minutes }}", "{{ minutes + 1 }}", 12, "和数据的类型不合"),
    "what fails with empty data alone": (
        "{% if minutes %}\n{{ minutes }}\n", "{% if title %}\n{{ lacking + 1 }}\n", 12, "和数据的类型不合",
    ),
    "a memory that fills": (
        "{{ minutes }}", "".join("{% set minutes = minutes + minutes %}" for _ in range(40)), 12, "too long",
    ),
    "loops in loops in loops": (
        "{{ minutes }}", "{% for a in due %}{% for b in due %}{% for c in due %}x{% endfor %}{% endfor %}{% endfor %}",
        12, "循环最多套 2 层",
    ),
    "a kind that is none": ('"meeting"', '"meeting"\nkinds = ["sleep"]', 9, "没有编号为“sleep”的会议类别"),
    "a kind of another sort": ('"meeting"', '"directive"\nkinds = ["theme-day"]', 9, "没有编号为“theme-day”的上级部署"),
    "a control sign": ("{{ minutes }}", "\\u0002", 9, "控制字符"),
}  # fmt: skip


def told(text: str) -> list[str]:
    with pytest.raises(BadPack) as caught:
        text_of(text)
    return [str(fault) for fault in caught.value.faults]


def test_a_template_is_read_and_written_as_it_was():
    [read] = text_of(SECTION).pack.documents
    assert (read.of, read.layout, read.kinds, read.text.count("\n")) == ("meeting", "plain", (), 5)
    assert text_of(write_pack(text_of(SECTION).pack)).pack == text_of(SECTION).pack


@pytest.mark.parametrize("case", WRONG)
def test_a_bad_template_is_refused_with_line_and_reason(case):
    old, new, line, reason = WRONG[case]
    assert old in SECTION
    faults = told(SECTION.replace(old, new, 1))
    assert any(one.startswith(f"第 {line} 行 document[1].") and reason in one for one in faults), faults


def test_a_template_on_one_line_has_its_faults_on_that_line():
    text = SECTION.partition("text =")[0] + 'text = "@标题 {{ title }}\\n{{ titel }}"\n'
    assert [one.partition(" document")[0] for one in told(text)] == ["第 9 行"]


def test_the_shipped_templates_show_what_they_look_like():
    rows = [one for pack in shipped().values() for one in pack.pack.documents]
    assert [one.name for one in rows] == ["行前廉政提醒单", "双周学习记录单"]
    for one in rows:
        template = template_for(one.of, one.name, one.layout, one.text)
        assert problems_of_body(template) == []
        assert one.name in specimen(template)
        assert "台账" not in specimen(template)


def test_a_template_that_its_data_do_not_suit_is_a_refusal_and_no_crash():
    template = template_for("item", "单", "plain", "{{ title|numeral }}")
    data = {"title": "调研", "unit": "科", "date": TODAY, "requirements": [], "checkpoints": [], "travellers": []}
    with pytest.raises(Refused, match="填写不了"):
        compose(template, data, records=0, at=NOON)


def test_a_pack_brings_its_templates_and_twice_changes_nothing(town):
    [changes] = applied(town.bureau, packed(**BOTH))
    fates = {one.key: one.fate for one in changes.rows if one.sort == "document"}
    assert fates == {"reminder": "added", "notes": "added"}
    saved = document()
    assert (saved.scope, saved.pack, saved.pack_version, saved.starts_on) == (town.bureau, "small", "1", NEW_YEAR)
    assert (saved.text, saved.kinds, saved.layout) == (REMINDER.text, ["visit"], "sheet")
    before, entries = list(PackDocument.objects.values()), Entry.objects.count()
    [changes] = applied(town.bureau, packed(**BOTH))
    assert not changes.moves
    assert (list(PackDocument.objects.values()), Entry.objects.count()) == (before, entries)


def test_the_preview_tells_which_lines_go_and_come_and_writes_nothing(town):
    applied(town.bureau, packed(**BOTH))
    newer = packed(version="2", documents=(replace(REMINDER, text=REMINDER.text.replace("事项", "走访")),))
    before = list(PackDocument.objects.values())
    [changes] = preview(newer, town.bureau.pk, on=TODAY, by=None, at=NOON)
    found = {one.key: one for one in changes.rows if one.sort == "document"}
    assert (found["reminder"].fate, found["notes"].fate) == ("changed", "ended")
    [moved] = found["reminder"].differences
    assert (moved.gone, moved.come) == (("@靠左 事项：{{ title }}",), ("@靠左 走访：{{ title }}",))
    assert list(PackDocument.objects.values()) == before


def test_an_update_changes_the_papers_of_later_days_alone(town):
    applied(town.bureau, packed(**BOTH))
    applied(town.bureau, packed(version="2", documents=(replace(NOTES, text="@标题 新{{ title }}\n"),)), on=TODAY)
    before, now = (
        documents_for(town.first, "meeting", ["study-night"], on) for on in (TODAY - timedelta(days=1), TODAY)
    )
    assert [one.pack_version for one in (*before, *now)] == ["1", "2"]
    assert document("reminder").ends_on == TODAY
    assert template_of(now[0]).body.startswith("@标题 新")


def test_the_same_words_in_another_version_bear_its_mark_alone(town):
    applied(town.bureau, packed(**BOTH))
    applied(town.bureau, packed(version="2", **BOTH), on=TODAY)
    assert set(PackDocument.objects.values_list("pack_version", "ends_on")) == {("2", None)}


def test_another_pack_cannot_set_the_same_template(town):
    applied(town.bureau, packed(**BOTH))
    twin = packed(replace(SMALL, key="twin", name="别的", meeting_kinds=(), item_kinds=(), requirements=(), duties=(),
                          named_lists=()), documents=(replace(REMINDER, kinds=()),))  # fmt: skip
    with pytest.raises(Refused, match=r"文书模板“走访提醒单”.*已由工作法“small”设定"):
        applied(town.bureau, twin)


def test_the_word_said_nearer_goes_before_that_from_above(town):
    applied(town.bureau, packed(**BOTH))
    put_document(town.first, DocumentDraft("notes", "本支部记录单", "meeting", "@标题 记录"), PackMark(), on=NEW_YEAR)
    assert [one.name for one in documents_for(town.first, "meeting", ["study-night"], TODAY)] == ["本支部记录单"]
    assert [one.name for one in documents_for(town.second, "meeting", ["study-night"], TODAY)] == ["夜学记录单"]
    assert documents_for(town.second, "meeting", ["other"], TODAY) == []
    assert documents_for(town.neighbour_section, "meeting", ["study-night"], TODAY) == []


def test_the_order_of_nearness_is_that_of_all_other_words(town):
    for organization in (town.first, town.second, town.office, town.wages, town.committee, town.bureau):
        for on in (NEW_YEAR, TODAY):
            ids = scope_ids(organization, on)
            rows = Organization.objects.filter(holding_for(organization, on, "path"))
            assert sorted(ids) == sorted(row.pk for row in rows)
            paths = [Organization.objects.get(pk=pk).path for pk in ids]
            assert paths == sorted(paths, key=lambda path: nearness(path, organization))


def test_a_template_that_fails_its_check_is_not_put_in_place(town):
    with pytest.raises(BadTemplate, match="titel"):
        put_document(town.first, DocumentDraft("a", "单", "item", "{{ titel }}"), PackMark(), on=NEW_YEAR)
