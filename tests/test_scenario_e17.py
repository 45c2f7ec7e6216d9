"""Scenario E17: the risk list, with level, owner, measure and day of review, from naming the criteria to the paper."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from onebow.apps.accounts.tests.make import client_of
from onebow.apps.methods.models import NamedList
from onebow.apps.methods.queries.shelf import shipped_pack
from onebow.apps.methods.services.applying import apply_pack
from onebow.apps.organizations.models import Post
from onebow.apps.organizations.services.memberships import PostDraft, start_post
from onebow.apps.organizations.tests.make import Town, make_town
from onebow.apps.plans.models import RiskPoint

pytestmark = pytest.mark.django_db
RISKS_WAITING = "/todo/?sort=risk"
CRITERIA = ("掌握审批权", "经手资金", "裁量余地大", "单独接触服务对象", "出现过投诉")


def test_an_office_keeps_its_risk_list_from_naming_the_criteria_to_the_paper():
    town, now = make_town(), timezone.now()
    client, today = client_of(town.officer), timezone.localdate()
    apply_pack(shipped_pack("m2-three-grasps"), town.bureau.pk, on=today, by=town.officer, at=now)
    named = NamedList.objects.get(key="integrity-criteria")
    told = {"items": "\n".join(CRITERIA), "version": named.version}
    assert client.post(f"/methods/lists/{named.pk}/", told).status_code == 302
    assert all(word in text_of(client, "/risks/new/") for word in CRITERIA)
    points = [register(client, town, matter, held) for matter, held in (("审批", "135"), ("拨付", "12"), ("借阅", "4"))]
    text = text_of(client, "/risks/")
    assert all(f'data-risk="{point.pk}" data-level="{level}"' in text
               for point, level in zip(points, ("high", "medium", "low"), strict=True))  # fmt: skip
    assert "单位主要负责人防控" in text_of(client, f"/risks/{points[0].pk}/")

    start_post(PostDraft(town.member.person.pk, town.wages.pk, Post.Role.UNIT_HEAD, starts_on=today), by=None, at=now)
    RiskPoint.objects.update(registered_on=today - timedelta(days=30))
    # Not the front page: at the end of a month or year its few lines tell of duties that end.
    assert text_of(client, RISKS_WAITING).count('data-waits="risk"') == 3
    for point in points:
        review = {"version": 1, "on": today, "held": ["1"], "next_on": today + timedelta(days=300), "remark": "已交接"}
        assert client.post(f"/risks/{point.pk}/review/", review).status_code == 302
    assert 'data-waits="risk"' not in text_of(client, RISKS_WAITING)
    assert client.get("/risks.pdf").content.startswith(b"%PDF")


def register(client: Client, town: Town, matter: str, held: str) -> RiskPoint:
    told = {
        "organization": town.wages.pk, "matter": matter, "measure": "双人审核", "owner": town.member.person.pk,
        "held": list(held), "review_on": timezone.localdate() + timedelta(days=200), "roles": ["unit_head"],
    }  # fmt: skip
    assert client.post("/risks/new/", told).status_code == 302
    return RiskPoint.objects.get(matter=matter)


def text_of(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()
