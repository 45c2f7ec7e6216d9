"""Everything that is wrong is said at once, each with its place."""

import json

import pytest

from onebow.cores.structure import BadInput, read
from onebow.cores.structure.tests.made import make, person


def good():
    people = [person(f"p{i}", "s1" if i < 4 else "s2", "o1") for i in range(8)]
    return make(people, {"s1": "u1", "s2": "u2", "s3": "u1"})


def put(path, value):
    """The good input with one thing changed."""
    data = good()
    *way, last = path
    inner = data
    for step in way:
        inner = inner[step]
    inner[last] = value
    return data


def faults_of(data):
    with pytest.raises(BadInput) as bad:
        read(data)
    return [(fault.path, fault.reason) for fault in bad.value.faults]


CASES = [
    (["format"], "onebow.structure/2", "format", "应为"),
    (["extra"], 1, "extra", "未知的键"),
    (["as_of"], "2019-6-30", "as_of", "日期"),
    (["offices"], {}, "offices", "应为列表"),
    (["offices", 0, "color"], "red", "offices[0].color", "未知的键"),
    (["offices", 1, "id"], "o1", "offices[1].id", "编号重复"),
    (["distance", 0], ["o1", "o2", -1], "distance[0][2]", "负数"),
    (["distance", 0], ["o1", "o9", 1], "distance[0][1]", "没有这个办公区"),
    (["distance", 0], ["o1", "o2", 1.5], "distance[0][2]", "整数"),
    (["distance", 0], ["o1", "o2"], "distance[0]", "公里数"),
    (["distance", 0], ["o1", "o1", 3], "distance[0][2]", "应为 0"),
    (["distance"], [["o1", "o2", 3], ["o2", "o1", 4]], "distance[1][2]", "不一致"),
    (["bodies", 1, "id"], "u1", "bodies[1].id", "编号重复"),
    (["sections", 0], {"id": "s1", "name": "科"}, "sections[0].body", "缺少"),
    (["sections", 0, "body"], "u9", "sections[0].body", "没有这个党组织"),
    (["sections", 1, "id"], "s1", "sections[1].id", "编号重复"),
    (["people", 0], {"id": "p0", "member": "full"}, "people[0].section", "缺少"),
    (["people", 0], "p0", "people[0]", "应为对象"),
    (["people", 0, "section"], "s9", "people[0].section", "没有这个科室"),
    (["people", 0, "section"], None, "people[0].section", "文字"),
    (["people", 0, "office"], "o9", "people[0].office", "没有这个办公区"),
    (["people", 0, "member"], "no", "people[0].member", "full"),
    (["people", 0, "member"], ["full"], "people[0].member", "full"),
    (["people", 0, "head"], 1, "people[0].head", "true"),
    (["people", 0, "id"], "", "people[0].id", "不能为空"),
    (["people", 0, "id"], 7, "people[0].id", "文字"),
    (["people", 1, "id"], "p0", "people[1].id", "同一人列了两次"),
    (["people", 4, "id"], "p0", "people[4].id", "同一人在两个科室"),
    (["parameters"], {"min_full": -1}, "parameters.min_full", "负数"),
    (["parameters"], {"min_full": True}, "parameters.min_full", "整数"),
    (["parameters"], {"min_full": 51}, "parameters.min_full", "不能大于"),
    (["parameters"], {"max_members": 0}, "parameters.max_members", "至少为 1"),
    (["parameters"], {"target": 10**7}, "parameters.target", "不能大于"),
    (["parameters"], {"goal": 1}, "parameters.goal", "未知的键"),
    (["parameters"], {"weights": {"joint": -2}}, "parameters.weights.joint", "负数"),
    (["parameters"], {"weights": {"other": 2}}, "parameters.weights.other", "未知的键"),
    (["parameters"], {"weights": []}, "parameters.weights", "应为对象"),
    (["fixed"], [{"near": ["s1"]}], "fixed[0].near", "未知的键"),
    (["fixed"], [{"together": ["s1"], "apart": ["s1", "s3"]}], "fixed[0]", "其中一项"),
    (["fixed"], [{"together": ["s1", "s9"]}], "fixed[0].together[1]", "没有这个科室"),
    (["fixed"], [{"together": ["s1", "s1"]}], "fixed[0].together[1]", "重复"),
    (["fixed"], [{"together": []}], "fixed[0].together", "不能为空"),
    (["fixed"], [{"together": ["s1", "s2"]}], "fixed[0].together", "不在同一个党组织"),
    (["fixed"], [{"together": ["s1", "s3"]}, {"apart": ["s3", "s1"]}], "fixed[1].apart", "又要求分开"),
]


@pytest.mark.parametrize(("path", "value", "where", "why"), CASES)
def test_a_fault_is_named_with_its_place(path, value, where, why):
    found = faults_of(put(path, value))
    assert any(place == where and why in reason for place, reason in found), found


def test_all_faults_are_told_at_once():
    data = put(["people", 0, "section"], "s9")
    data["people"][1]["office"] = "o9"
    data["parameters"] = {"min_full": -1, "weights": {"move": "1"}}
    data["extra"] = None
    assert {path for path, _ in faults_of(data)} == {
        "extra",
        "people[0].section",
        "people[1].office",
        "parameters.min_full",
        "parameters.weights.move",
    }


def test_sections_together_by_a_chain_may_not_be_apart():
    data = make([person("p1", "s1")], {"s1": "u1", "s2": "u1", "s3": "u1"})
    data["fixed"] = [{"together": ["s1", "s2"]}, {"together": ["s2", "s3"]}, {"apart": ["s1", "s3"]}]
    assert faults_of(data) == [("fixed[2].apart", "既要求在一个支部,又要求分开")]


def test_sections_of_two_bodies_may_stand_together_where_branches_reach_over_bodies():
    data = put(["fixed"], [{"together": ["s1", "s2"]}])
    data["parameters"] = {"joint_across_bodies": True}
    assert read(data).together == (("s1", "s2"),)


@pytest.mark.parametrize("text", [b"", b"[1", b'{"format": 1, "format": 2}', b"\xff", b"[]", b"null", b"[" * 100_000])
def test_what_is_no_object_is_refused(text):
    assert faults_of(text)


def test_a_fault_is_one_line():
    with pytest.raises(BadInput) as bad:
        read(put(["people", 0, "id"], ["x" * 500, "\n"]))
    assert len(str(bad.value).splitlines()) == len(bad.value.faults)


def test_what_is_left_out_has_its_default():
    data = {key: good()[key] for key in ("format", "bodies", "sections", "people")}
    for one in data["people"]:
        del one["office"], one["branch"], one["head"]
    problem = read(json.dumps(data).encode())
    assert problem.parameters.max_members == 50
    assert problem.people[0].office is None
