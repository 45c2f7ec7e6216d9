"""Pages of failure."""

import pytest
from django.test import Client

pytestmark = pytest.mark.usefixtures("_addresses")


@pytest.fixture
def _addresses(settings):
    settings.ROOT_URLCONF = "onebow.apps.base.tests.urls_for_tests"
    settings.MIDDLEWARE = []


@pytest.mark.parametrize(
    ("address", "status", "said"),
    [
        ("/fail/suspicious/", 400, "请求有误"),
        ("/fail/forbidden/", 403, "不能打开"),
        ("/nowhere/", 404, "没有找到"),
        ("/fail/broken/", 500, "出错了"),
        ("/fail/unknown/", 500, "出错了"),
        ("/fail/locked/", 503, "服务器正忙"),
        ("/fail/waited/", 503, "服务器正忙"),
        ("/fail/crossed/", 503, "服务器正忙"),
        ("/fail/slow/", 503, "用时过长"),
        ("/fail/away/", 503, "数据库暂时不可用"),
        ("/fail/no_pool/", 503, "数据库暂时不可用"),
        ("/fail/standby/", 503, "数据库暂时不可用"),
        ("/fail/full/", 503, "磁盘空间已满"),
    ],
)
def test_a_failure_says_what_happened_without_asking_the_database(address, status, said):
    # No database mark: a query would fail this test.
    answer = Client(raise_request_exception=False).get(address)
    html = answer.content.decode()
    assert answer.status_code == status
    assert f'data-trouble="{status}"' in html
    assert said in html
    assert 'href="/"' in html


def test_a_busy_server_says_when_to_come_back():
    assert Client(raise_request_exception=False).get("/fail/locked/")["Retry-After"] == "10"


def test_a_form_without_its_token_is_told_to_reload():
    answer = Client(enforce_csrf_checks=True).post("/guarded/")
    assert answer.status_code == 403
    assert "页面已过期" in answer.content.decode()
