"""The pages of findings, as each of the cast sees them."""

import io

import pytest
from django.utils import timezone
from python_calamine import CalamineWorkbook

from onebow.apps.accounts.tests.make import client_of
from onebow.apps.organizations.models import Organization, SetAside
from onebow.apps.organizations.queries.findings import finding_roots, findings_in, scope_for
from onebow.apps.organizations.queries.reach import reach_of
from onebow.apps.organizations.tests.make import appoint, grant, make_organization, make_user

K = Organization.Kind
READERS = ["/findings/", "/findings/?by=organization", "/findings/first/", "/findings.xlsx", "/findings.csv"]


def of(one: Organization, rest: str = "") -> str:
    return f"/organizations/{one.pk}/findings/{rest}"


def text_of(user, address: str, **headers) -> str:
    response = client_of(user).get(address, **headers)
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize("address", READERS)
def test_officers_and_leaders_read_and_nobody_else_finds_the_door(town, address):
    for user, status in ((town.officer, 200), (town.secretary, 200), (town.member, 404), (town.stranger, 404)):
        assert client_of(user).get(address).status_code == status


def test_an_officer_sees_findings_by_rule_and_by_organization(town):
    by_rule = text_of(town.officer, "/findings/")
    assert 'data-rule="BR-FOUND-MIN"' in by_rule
    assert "《中国共产党支部工作条例(试行)》第四条" in by_rule
    listed = text_of(town.officer, "/findings/?by=organization&rule=BR-FOUND-MIN")
    assert listed.count('data-finding="BR-FOUND-MIN"') == 2
    assert 'data-finding="ORG-LEVEL"' not in listed


def test_a_secretary_sees_what_they_lead_and_writes_nothing(town):
    body = text_of(town.secretary, "/findings/?by=organization")
    assert town.first.name in body
    assert town.second.name not in body
    assert "/organizations/new/" not in body
    assert client_of(town.secretary).get(of(town.first)).status_code == 200
    for one in (town.second, town.wages, town.committee, town.neighbour_section):
        assert client_of(town.secretary).get(of(one)).status_code == 404


def test_a_neighbours_findings_are_not_there(town):
    body = text_of(town.officer, "/findings/?by=organization")
    assert town.neighbour_section.name not in body
    assert client_of(town.officer).get(of(town.neighbour_section)).status_code == 404


def test_where_nothing_is_wrong_the_page_says_so(db):
    empty = make_organization(K.UNIT, "新局")
    user = make_user("fresh")
    grant(user, empty)
    assert "没有发现问题" in text_of(user, "/findings/")
    assert "没有可以对照的规则" in text_of(user, "/findings/?on=2010-01-01")
    assert "没有待处理" in text_of(user, "/findings/first/")


def test_many_units_are_shown_one_at_a_time_and_all_on_demand(town):
    grant(town.officer, town.neighbour)
    lone = make_organization(K.BRANCH, "水务局党支部", set_in_id=town.neighbour.pk)
    assert lone.name not in text_of(town.officer, "/findings/?by=organization")
    assert lone.name in text_of(town.officer, f"/findings/?by=organization&root={town.neighbour.pk}")
    everything = text_of(town.officer, "/findings/?by=organization&root=all")
    assert lone.name in everything
    assert town.first.name in everything
    assert client_of(town.officer).get("/findings/?root=999999").status_code == 404


def test_a_root_takes_the_party_organizations_set_in_it(town):
    today = timezone.localdate()
    reach = reach_of(town.officer, today)
    assert finding_roots(reach, today, today) == []
    scope = scope_for(reach, today, today, town.bureau)
    assert set(scope.paths) == {town.bureau.path, town.committee.path}
    assert findings_in(scope) == findings_in(scope_for(reach, today, today))


def test_the_panel_of_an_organization_comes_after_its_page(town):
    page = text_of(town.officer, f"/organizations/{town.first.pk}/")
    assert f'hx-get="{of(town.first)}"' in page
    panel = text_of(town.officer, of(town.first), headers={"HX-Request": "true"})
    assert panel.lstrip().startswith('<section class="panel" id="findings"')
    assert 'data-finding="BR-FOUND-MIN"' in panel
    # A member reads the organization, not what is wrong with it.
    assert 'id="findings"' not in text_of(town.member, f"/organizations/{town.second.pk}/")


def test_the_front_page_shows_the_open_ones(town):
    assert 'hx-get="/findings/first/"' in text_of(town.officer, "/")
    assert 'hx-get="/findings/first/"' in text_of(town.secretary, "/")
    assert "/findings/first/" not in text_of(town.member, "/")
    panel = text_of(town.officer, "/findings/first/", headers={"HX-Request": "true"})
    assert 'id="watched"' in panel
    assert 'data-state="unknown"' not in panel


def test_each_remedy_leads_to_a_page_that_opens(town):
    body = text_of(town.officer, "/findings/?by=organization")
    client = client_of(town.officer)
    hrefs = {part.split('"')[0] for part in body.split('href="')[1:]}
    remedies = [one for one in hrefs if one.startswith(("/organizations/", "/people/")) and one.count("/") > 2]
    assert len(remedies) > 5
    assert {client.get(one.replace("&amp;", "&")).status_code for one in remedies} == {200}


def test_of_a_day_gone_by_nothing_is_put_right(town):
    body = text_of(town.officer, "/findings/?by=organization&on=2026-01-01")
    assert "说明理由</a>" not in body
    assert "/approvals/" not in body


def test_a_reason_is_given_and_taken_back_in_the_browser(town):
    client = client_of(town.officer)
    address = of(town.committee, "ORG-LEVEL/")
    assert "不足 100 人" in text_of(town.officer, address)
    response = client.post(address, {"reason": "上级同意", "number": "8号"})
    assert response.status_code == 422
    assert "上级同意" in response.content.decode()
    assert "一起填写" in response.content.decode()
    assert client.post(address, {"reason": "上级同意"}).status_code == 302
    assert SetAside.objects.get().reason == "上级同意"
    assert 'data-state="set_aside"' in text_of(town.officer, of(town.committee))
    assert "撤回理由" in text_of(town.officer, "/findings/?by=organization&state=set_aside")
    assert client.post(address + "reopening/").status_code == 302
    assert 'data-state="set_aside"' not in text_of(town.officer, of(town.committee))


def test_what_must_be_shows_no_form_but_one_sentence(town):
    response = client_of(town.officer).get(of(town.first, "BR-FOUND-MIN/"))
    assert response.status_code == 422
    assert "应当做到" in response.content.decode()


def test_everybody_with_a_role_reads_the_rule_table(town):
    for user in (town.officer, town.secretary, town.member, town.staff):
        body = text_of(user, "/findings/rules/")
        assert 'data-rule="BR-SIZE-MAX"' in body
        assert "条款待核" in body
        # By name and article; the code is told to who points at it.
        assert '<strong title="BR-SIZE-MAX">支部人数上限</strong>' in body
        assert ">BR-SIZE-MAX<" not in body
    assert client_of(town.stranger).get("/findings/rules/").status_code == 404
    blocked = text_of(town.staff, "/findings/rules/?strength=remind&verified=False")
    assert 'data-rule="MTG-CADENCE"' in blocked
    assert 'data-rule="BR-SIZE-MAX"' not in blocked


def test_the_sheet_has_a_line_for_each_finding(town):
    today = timezone.localdate()
    rows = findings_in(scope_for(reach_of(town.officer, today), today, today))
    answer = client_of(town.officer).get("/findings.xlsx")
    assert f"-{today}.xlsx" in answer["Content-Disposition"]
    data = answer.content
    lines = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()
    # After a gap, who took it out and when.
    assert len(lines) == len(rows) + 4
    assert "officer导出于" in lines[-1][0]
    assert [line[12] for line in lines[1:-3]] == [row.rule for row in rows]
    answer = client_of(town.officer).get("/findings.csv?on=2026-03-02")
    assert "-2026-03-02.csv" in answer["Content-Disposition"]
    text = client_of(town.officer).get("/findings.csv").content.decode("utf-8-sig")
    assert len(text.splitlines()) == len(rows) + 1


def test_the_page_asks_no_more_the_more_there_is(town, django_assert_max_num_queries):
    for number in range(5):
        branch = make_organization(K.BRANCH, f"第{number + 3}党支部", town.committee)
        appoint(town.member.person, branch, "secretary")
    client = client_of(town.officer)
    client.get("/findings/")
    for address in ("/findings/", "/findings/?by=organization", of(town.committee), "/findings/first/"):
        with django_assert_max_num_queries(12):
            client.get(address)
