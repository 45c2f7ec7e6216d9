"""Pictures of a comparison: complete, within their frame, readable, harmless."""

import re
from dataclasses import replace
from datetime import date
from itertools import pairwise
from random import Random
from xml.etree import ElementTree

import pytest

from onebow.apps.organizations.drawing import MOST_BRANCHES, flows_svg, is_readable, offices_svg, sizes_svg
from onebow.apps.organizations.drawing.columns import columns_of, scale_of
from onebow.apps.organizations.queries.restructuring.figures import figures_of
from onebow.apps.organizations.queries.restructuring.structures import (
    Branch,
    Comparison,
    Flow,
    Limits,
    Share,
    Structure,
)

DAY, LIMITS = date(2026, 3, 2), Limits(3, 50)
SVG = "{http://www.w3.org/2000/svg}"
NORTH, SOUTH = Share(1, "丽泽办公区", 0), Share(2, "光彩时代办公区", 0)
ALL = (flows_svg, sizes_svg, offices_svg)


def structure(branches, generals=0):
    return Structure(tuple(branches), figures_of(branches, generals, LIMITS))


def plan(old=6, new=40, seed=1, name="第{}党支部"):
    """So many old branches over two offices, and new ones under a general branch and under none."""
    random = Random(seed)
    flows = [Flow(random.randint(1, old), number, random.randint(1, 9), number <= old) for number in range(1, new + 1)]
    sizes = {one: sum(flow.members for flow in flows if flow.before == one) for one in range(1, old + 1)}
    before = [old_branch(one, name.format(one), members) for one, members in sizes.items()]
    after = sorted((new_branch(flow) for flow in flows), key=lambda branch: branch.above_id)
    sides = structure(before), structure(after, 1)
    return Comparison("调整方案", DAY, DAY, *sides, tuple(flows), (NORTH, SOUTH), (), LIMITS)


def old_branch(number, name, members):
    half = members // 2
    offices = (replace(NORTH, members=members - half), replace(SOUTH, members=half)) if half else ()
    return Branch(number, name, members=members, full=members, offices=offices)


def new_branch(flow):
    above = {"above": "局机关党总支", "above_id": 1} if flow.after % 2 else {}
    counts = {"members": flow.members, "full": flow.members - 1, "offices": (replace(NORTH, members=flow.members),)}
    return Branch(flow.after, f"业务{flow.after}科党支部", **above, **counts)


def texts(svg):
    return ["".join(node.itertext()) for node in ElementTree.fromstring(svg).iter(f"{SVG}text")]


@pytest.mark.parametrize("draw", ALL)
@pytest.mark.parametrize(("old", "new"), [(1, 1), (6, 40), (40, 6), (160, 160)])
def test_every_picture_is_an_svg_within_its_frame(draw, old, new):
    root = ElementTree.fromstring(draw(plan(old, new)))
    width, height = (float(number) for number in root.get("viewBox").split()[2:])
    assert root.tag == f"{SVG}svg"
    for node in root.iter(f"{SVG}text"):
        assert -0.1 <= float(node.get("x")) <= width
        assert 0 < float(node.get("y")) <= height
    for node in root.iter(f"{SVG}rect"):
        assert float(node.get("width")) >= 0
        assert float(node.get("height")) >= 0
        assert float(node.get("x")) + float(node.get("width")) <= width + 0.1
        assert float(node.get("y")) + float(node.get("height")) <= height + 0.1


@pytest.mark.parametrize("draw", ALL)
def test_a_name_can_bring_no_markup_and_a_picture_no_script_or_style(draw):
    svg = draw(plan(name='<script>"&{}'))
    ElementTree.fromstring(svg)
    assert "<script" not in svg
    assert "<style" not in svg
    assert "style=" not in svg
    assert 'font-family="sans-serif"' in svg


def test_the_flows_name_every_branch_and_draw_every_flow():
    found = plan()
    svg = flows_svg(found)
    words = texts(svg)
    assert {branch.name for branch in (*found.before.branches, *found.after.branches)} <= set(words)
    assert svg.count('class="flow-band"') == len(found.flows)
    assert "<a " not in svg
    assert any(word.startswith("局机关党总支:20 个支部") for word in words)
    assert any(word.startswith("不属党总支:20 个支部") for word in words)


def test_flows_on_a_page_are_links_that_say_who_goes_where():
    found = plan(2, 3)
    root = ElementTree.fromstring(flows_svg(found, lambda flow: f"/people/?from={flow.before}&to={flow.after}"))
    links = {node.get("href"): node.get("aria-label") for node in root.iter(f"{SVG}a")}
    assert len(links) == 3
    for flow in found.flows:
        words = links[f"/people/?from={flow.before}&to={flow.after}"]
        assert f"→ 业务{flow.after}科党支部:{flow.members} 人" in words
        assert words.endswith("延续") is flow.stays
    assert root.get("role") == "group"


@pytest.mark.parametrize("seed", range(5))
def test_no_two_names_of_a_column_touch_and_bands_fill_their_bars(seed):
    found = plan(6, 40, seed)
    for column in columns_of(found):
        lines = sorted(spot.middle for spot in column.spots)
        assert all(below - above >= 17 for above, below in pairwise(lines))
        for heading in column.headings:
            assert all(abs(spot.middle - (heading.top + 13)) >= 17 for spot in column.spots)
        bottoms = [spot.top + spot.height for spot in column.spots]
        assert max(bottoms) <= column.height
    scale = scale_of(found)
    tall = {spot.branch.id: spot.height for spot in columns_of(found)[1].spots}
    for flow in found.flows:
        assert tall[flow.after] == pytest.approx(flow.members * scale)


def test_few_members_are_drawn_larger_and_many_smaller():
    assert scale_of(plan(1, 1)) > scale_of(plan(6, 40)) > scale_of(plan(60, 160))


def test_a_long_name_is_cut_and_told_in_full():
    long = "一个名字特别长的单位的一个名字特别长的科室和另一个科室联合党支部"
    found = plan(1, 2, name=long)
    for svg in (flows_svg(found), offices_svg(found)):
        assert long not in texts(svg)
        assert any(word.endswith("…") and long.startswith(word[:-1]) for word in texts(svg))
        assert f"<title>{long}</title>" in svg


def test_sizes_show_a_bar_for_each_branch_the_limits_and_the_averages():
    found = plan()
    svg, words = sizes_svg(found), texts(sizes_svg(found))
    assert len(re.findall(r"<title>[^<]*:\d+ 人", svg)) == 46
    assert {"上限 50 人", "下限 3 人"} <= set(words)
    assert {f"平均 {side.figures.average}" for side in (found.before, found.after)} <= set(words)


def test_no_rule_no_line():
    assert "下限" not in sizes_svg(replace(plan(), limits=Limits()))


def test_who_is_in_no_branch_is_no_bar_but_has_a_flow():
    outside = Branch(0, "不在任何党支部", is_branch=False, members=4, full=4)
    found = Comparison(
        "方案", DAY, DAY, structure([outside]), structure([Branch(1, "一支部", members=4, full=4)]), (Flow(0, 1, 4),)
    )
    assert sizes_svg(found).count("<title>不在") == 0
    assert "不在任何党支部" in texts(flows_svg(found))
    assert "其中现在不在党支部 4 人" in texts(flows_svg(found))


@pytest.mark.parametrize(("old", "new"), [(6, 40), (3, 4)])
def test_offices_have_a_cell_for_each_share_and_a_word_for_what_spreads(old, new):
    found = plan(old, new)
    svg, words = offices_svg(found), texts(offices_svg(found))
    shares = sum(
        share.members > 0 for side in (found.before, found.after) for one in side.branches for share in one.offices
    )
    assert svg.count("<rect") == shares
    assert words.count("跨 2 处") == found.before.figures.over_offices
    assert {branch.name for branch in found.after.branches} <= set(words)


def test_what_nobody_could_read_is_not_called_readable():
    assert is_readable(plan())
    assert not is_readable(plan(6, MOST_BRANCHES + 1))
    assert not is_readable(Comparison("空", DAY, DAY, structure([]), structure([])))
