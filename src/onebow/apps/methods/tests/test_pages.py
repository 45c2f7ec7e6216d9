"""The pages of packs as an officer and others see them."""

from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from onebow.apps.accounts.tests.make import client_of
from onebow.apps.ledger.models import Entry
from onebow.apps.meetings.models import MeetingKind
from onebow.apps.methods.models import AppliedPack, NamedList
from onebow.apps.methods.queries.shelf import shipped
from onebow.apps.methods.services.applying import apply_pack
from onebow.apps.methods.tests.make import applied, text
from onebow.apps.organizations.tests.make import NOON
from onebow.apps.plans.models import Duty, ItemKind, Requirement

HTMX = {"HX-Request": "true"}
BASE = "base-organization-life"
PAGES = ("", "own/", f"{BASE}/", "kinds/", "kinds/new/", "meetings/", "lists/")


def get(user, address, status=200, **headers):
    response = client_of(user).get(f"/methods/{address}", headers=headers)
    assert response.status_code == status, address
    return response.content.decode()


def here(town):
    return {"under": town.bureau.pk, "starts_on": timezone.localdate().isoformat()}


def test_an_officer_opens_every_page_and_others_none(town):
    applied(town.bureau)
    kind, named = ItemKind.objects.get(), NamedList.objects.get()
    for address in (*PAGES, f"kinds/{kind.pk}/", f"lists/{named.pk}/", "small/"):
        get(town.officer, address)
        for stranger in (town.secretary, town.member, town.stranger):
            get(stranger, address, 404)


def test_what_lies_with_a_neighbour_is_not_found(town):
    applied(town.neighbour)
    kind, named = ItemKind.objects.get(), NamedList.objects.get()
    for address in (f"kinds/{kind.pk}/", f"kinds/{kind.pk}/closure/", f"lists/{named.pk}/", "small/", "none/"):
        get(town.officer, address, 404)
    assert f'data-kind="{kind.pk}"' not in get(town.officer, "kinds/")


def test_pages_take_few_statements_however_much_there_is(town):
    for key in shipped():
        apply_pack(shipped()[key], town.bureau.pk, on=NOON.date(), by=None, at=NOON)
    kind, named = ItemKind.objects.get(key="research"), NamedList.objects.first()
    client = client_of(town.officer)
    for address in (*PAGES, f"kinds/{kind.pk}/", f"lists/{named.pk}/"):
        with CaptureQueriesContext(
            connection,
        ) as seen:
            assert client.get(f"/methods/{address}").status_code == 200
        assert len(seen) <= 12, (address, len(seen))


def test_empty_pages_say_what_to_do_first(town):
    assert "还没有应用工作法" in get(town.officer, "")
    for address in ("kinds/", "meetings/", "lists/"):
        assert 'href="/methods/"' in get(town.officer, address).partition("data-empty")[2]


def test_a_pack_is_looked_at_previewed_and_applied_in_two_steps(town):
    shown = get(town.officer, f"{BASE}/")
    assert "支部党员大会" in shown
    assert f'action="/methods/{BASE}/preview/"' in shown
    before = Entry.objects.count()
    where = here(town)
    seen = get(town.officer, f"{BASE}/preview/?under={where['under']}&starts_on={where['starts_on']}")
    assert 'data-row="duty:theme-day" data-fate="added"' in seen
    assert not AppliedPack.objects.exists()
    assert Entry.objects.count() == before
    done = client_of(town.officer).post(f"/methods/{BASE}/application/", where)
    assert (done.status_code, done["Location"]) == (302, f"/methods/{BASE}/")
    assert AppliedPack.objects.get().applied_by == town.officer
    again = get(town.officer, f"{BASE}/preview/?under={where['under']}&starts_on={where['starts_on']}")
    assert 'data-fate="added"' not in again
    assert "没有任何变化" in again
    assert "人社局" in get(town.officer, "")


def test_a_preview_without_a_place_asks_for_it(town):
    page = get(town.officer, f"{BASE}/preview/")
    assert 'name="under"' in page
    assert "请从列表中选择" in get(town.officer, f"{BASE}/preview/?under={town.neighbour.pk}&starts_on=2026-01-01")
    where = here(town) | {"under": town.neighbour.pk}
    assert client_of(town.officer).post(f"/methods/{BASE}/application/", where).status_code == 422
    assert not AppliedPack.objects.exists()


def test_the_file_of_a_pack_can_be_taken_away(town):
    response = client_of(town.officer).get(f"/methods/{BASE}/pack.toml")
    assert response.content.decode() == shipped()[BASE].text
    assert "attachment" in response["Content-Disposition"]


def test_an_own_pack_is_checked_looked_at_and_applied(town):
    client, where = client_of(town.officer), here(town)
    file = SimpleUploadedFile("small.toml", text().replace("\n", "\r\n").encode())
    seen = client.post("/methods/own/", {**where, "file": file}, headers=HTMX)
    assert seen.status_code == 200
    page = seen.content.decode()
    assert 'data-row="duty:study-night" data-fate="added"' in page
    assert "<html" not in page
    assert not AppliedPack.objects.exists()
    done = client.post("/methods/own/application/", {**where, "text": text()}, headers=HTMX)
    assert done["HX-Redirect"] == "/methods/small/"
    assert AppliedPack.objects.get().text == text()
    assert "小办法" in get(town.officer, "")
    assert "夜学" in get(town.officer, "small/")


def test_faults_of_an_own_pack_are_told_with_line_and_reason_and_the_text_stays(town):
    bad = text().replace("recurrence", "recurence")
    for address in ("own/", "own/application/"):
        response = client_of(town.officer).post(f"/methods/{address}", {**here(town), "text": bad})
        assert response.status_code == 422
        page = response.content.decode()
        line = bad.splitlines().index('recurence = "FREQ=MONTHLY"') + 1
        assert f'data-line="{line}"' in page
        assert "是否想写 recurrence" in page
        assert 'recurence = "FREQ=MONTHLY"' in unescape(page.partition("<textarea")[2])
    assert not AppliedPack.objects.exists()


@pytest.mark.parametrize(
    ("data", "reason"),
    [({}, "请选择文件"), ({"file": b"\xff\xfe"}, "UTF-8"), ({"file": b"#" * 200_001}, "过大")],
)
def test_what_is_no_pack_is_refused_in_one_sentence(town, data, reason):
    files = {name: SimpleUploadedFile("p.toml", content) for name, content in data.items()}
    response = client_of(town.officer).post("/methods/own/", {**here(town), **files})
    assert response.status_code == 422
    assert reason in response.content.decode()


def test_another_day_shows_what_held_then_and_writes_nothing(town):
    applied(town.bureau)
    kind = ItemKind.objects.get()
    assert "小办法" not in get(town.officer, "?on=2025-06-01")
    assert f'data-kind="{kind.pk}"' not in get(town.officer, "kinds/?on=2025-06-01")
    assert 'method="post" action="/methods/kinds' not in get(town.officer, f"kinds/{kind.pk}/?on=2026-06-01")
    assert 'id="place"' not in get(town.officer, "small/?on=2026-06-01")


def test_kinds_of_meetings_are_listed(town):
    applied(town.bureau)
    page = get(town.officer, "meetings/")
    assert f'data-meeting-kind="{MeetingKind.objects.get().pk}"' in page
    assert "夜学" not in get(town.officer, "meetings/?side=business")


def test_an_officer_makes_a_kind_and_ends_it(town):
    client = client_of(town.officer)
    form = {"name": "窗口服务", "scope": town.bureau.pk, "listed_in": "business", "stages": "受理 同部署\n办结"}
    done = client.post("/methods/kinds/new/", form)
    kind = ItemKind.objects.get()
    assert done["Location"] == f"/methods/kinds/{kind.pk}/"
    assert (kind.key, kind.side, kind.pack) == ("own-1", "business", "")
    assert list(kind.stages.values_list("name", "point")) == [("受理", "deploy"), ("办结", "")]
    assert "窗口服务" in get(town.officer, "kinds/")
    get(town.officer, f"kinds/{kind.pk}/closure/")
    assert client.post(f"/methods/kinds/{kind.pk}/closure/").status_code == 302
    kind.refresh_from_db()
    assert kind.ends_on == timezone.localdate()
    assert list(Entry.objects.order_by("pk").values_list("kind", flat=True))[-2:] == ["kind.added", "kind.ended"]


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"stages": "甲\n甲"}, "“甲”写了两次"),
        ({"stages": "甲 同部署\n乙 同部署"}, "两个阶段"),
        ({"stages": "阶" * 41}, "超过 40 个字"),
        ({"stages": "\n".join(map(str, range(21)))}, "最多 20 个阶段"),
        ({"stages": " "}, "请填写阶段。"),
        ({"listed_in": "secretary", "is_statutory": "on"}, "法定办件是业务事项"),
        ({"scope": ""}, "请选择"),
    ],
)
def test_a_kind_that_cannot_be_is_refused_beside_its_field(town, change, reason):
    form = {"name": "窗口服务", "scope": town.bureau.pk, "listed_in": "business", "stages": "受理"} | change
    response = client_of(town.officer).post("/methods/kinds/new/", form)
    assert response.status_code == 422
    assert reason in response.content.decode()
    assert not ItemKind.objects.exists()


def test_an_officer_adds_a_requirement_and_takes_it_away(town):
    applied(town.bureau)
    kind, client = ItemKind.objects.get(), client_of(town.officer)
    form = {"stage": "trip", "category": "style", "who": "traveller", "text": "少\n陪同"}
    assert client.post(f"/methods/kinds/{kind.pk}/requirements/", form).status_code == 302
    row = Requirement.objects.get(pack="")
    assert (row.stage.key, row.text) == ("trip", "少 陪同")
    assert "本单位增加" in get(town.officer, f"kinds/{kind.pk}/")
    address = f"/methods/kinds/{kind.pk}/requirements/{row.pk}/closure/"
    assert client.post(address).status_code == 302
    assert client.post(address).status_code == 404
    assert client.post(f"/methods/kinds/{kind.pk}/requirements/", {"category": "x"}).status_code == 422


def test_an_officer_fills_in_a_list(town):
    applied(town.bureau)
    row, client = NamedList.objects.get(), client_of(town.officer)
    address = f"/methods/lists/{row.pk}/"
    assert "待填写" in get(town.officer, "lists/")
    assert client.post(address, {"items": "一\n\n 二 ", "version": 1}).status_code == 302
    row.refresh_from_db()
    assert row.items == ["一", "二"]
    twice = client.post(address, {"items": "一\n一", "version": 2})
    assert twice.status_code == 422
    assert "写了两次" in twice.content.decode()
    stale = client.post(address, {"items": "三", "version": 1})
    assert stale.status_code == 422
    assert "别人刚改过" in stale.content.decode()


def test_own_duties_are_not_touched_by_looking(town):
    applied(town.bureau)
    rows = list(Duty.objects.values())
    where = here(town)
    get(town.officer, f"small/preview/?under={where['under']}&starts_on={where['starts_on']}")
    assert list(Duty.objects.values()) == rows


def test_pages_of_duties_call_shipped_packs_by_name_and_own_ones_by_key(town):
    apply_pack(shipped()[BASE], town.bureau.pk, on=NOON.date(), by=None, at=NOON)
    applied(town.bureau)
    client = client_of(town.officer)
    for duty in (Duty.objects.filter(pack=BASE)[0], Duty.objects.get(pack="small")):
        shown = client.get(f"/duties/{duty.pk}/").content.decode()
        assert ("组织生活基本制度" if duty.pack == BASE else "small") in shown
        assert BASE not in shown
