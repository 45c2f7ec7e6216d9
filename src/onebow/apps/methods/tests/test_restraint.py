"""A pack that would count use, presence, praise or place is refused at its line."""

import pytest

from onebow.apps.methods.queries.shelf import shipped
from onebow.apps.methods.tests.test_reading import DUTY, HEAD, KIND, faults


@pytest.mark.parametrize(
    ("text", "place", "word"),
    [
        (f"[[duty]]\n{DUTY}".replace("夜学", "每日打卡"), "duty[1].name", "签到打卡"),
        (f"[[duty]]\n{DUTY}".replace('"d"', '"online-hours"'), "duty[1].key", "上网和使用时长"),
        (f'[[duty]]\n{DUTY}proof = ["check-in"]\n', "duty[1].proof[1]", "签到打卡"),
        (f"[[item_kind]]\n{KIND}".replace("走访", "走访定位"), "item_kind[1].name", "定位和轨迹"),
        (f"[[item_kind]]\n{KIND}".replace("安排", "上传照片"), "item_kind[1].stages[1].name", "强制拍照"),
        ('[[meeting_kind]]\nkey = "likes"\nname = "交流"\ndue_to = "members"\n', "meeting_kind[1].key", "点赞和排名"),
        ('[[named_list]]\nkey = "board"\nname = "积极分子排行"\n', "named_list[1].name", "点赞和排名"),
    ],
)
def test_an_offender_is_refused_at_its_line(text, place, word):
    found = [line for line in faults(text) if place in line and word in line]
    assert len(found) == 1
    line = next(number for number, one in enumerate((HEAD + text).splitlines(), 1) if _is_there(one, place))
    assert f"第 {line} 行" in found[0]


def _is_there(line: str, place: str) -> bool:
    last = place.rpartition(".")[2]
    name = {"proof[1]": "proof", "name": "stages" if "stages" in place else "name"}.get(last, last)
    return line.startswith(f"{name} = ") and line not in HEAD.splitlines()


def test_a_pack_named_so_is_refused_and_what_it_quotes_may_forbid_such_things():
    assert any("第 3 行" in line and "点赞" in line for line in faults("", HEAD.replace("办法", "点赞大赛")))
    requirement = '[[requirement]]\nkind = "k"\ncategory = "style"\ntext = "不要求拍照打卡"\nwho = "nobody"\n'
    assert not any("不收" in line for line in faults(f"[[item_kind]]\n{KIND}{requirement}"))


def test_the_shipped_packs_bring_nothing_of_it():
    # Reading them is the check.
    assert len(shipped()) >= 3
