"""Refusals become answers; a form counts once."""

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from onebow.apps.base.models import File, Submission
from onebow.apps.base.tests.make import NOON

MIDDLEWARE = [
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "onebow.apps.base.middleware.RefusedMiddleware",
    "onebow.apps.base.middleware.OnceMiddleware",
]
pytestmark = pytest.mark.django_db
HTMX = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture(autouse=True)
def _addresses(settings):
    settings.ROOT_URLCONF = "onebow.apps.base.tests.urls_for_tests"
    settings.MIDDLEWARE = MIDDLEWARE


@pytest.fixture
def lenient() -> Client:
    return Client(raise_request_exception=False)


class TestOnce:
    def test_a_form_sent_twice_is_carried_out_once(self, client):
        answers = [client.post("/write/", {"name": "甲", "_once": "k1"}) for _ in range(2)]
        assert [answer.status_code for answer in answers] == [302, 302]
        assert answers[0]["Location"] == answers[1]["Location"] == "/done/"
        assert File.objects.count() == 1

    def test_htmx_sent_twice_goes_where_the_first_went(self, client):
        client.post("/write/", {"name": "甲", "_once": "k1"})
        again = client.post("/write/", {"name": "甲", "_once": "k1"}, **HTMX)
        assert again["HX-Redirect"] == "/done/"
        assert File.objects.count() == 1

    def test_another_key_or_none_is_another_form(self, client):
        for once in ({"_once": "k1"}, {"_once": "k2"}, {}, {}):
            client.post("/write/", {"name": "甲", **once})
        assert File.objects.count() == 4

    def test_a_key_belongs_to_the_person_who_was_shown_it(self, client):
        for name in ("a", "b"):
            client.force_login(get_user_model().objects.create(username=name, display_name=name, made_at=NOON))
            client.post("/write/", {"name": "甲", "_once": "k1"})
        assert File.objects.count() == 2

    @pytest.mark.parametrize(("then", "status"), [("refuse", 422), ("wrong", 422), ("break", 500)])
    def test_a_failure_writes_nothing_and_does_not_burn_the_key(self, lenient, then, status):
        failed = lenient.post("/write/", {"name": "甲", "_once": "k1", "then": then})
        assert failed.status_code == status
        assert (File.objects.count(), Submission.objects.count()) == (0, 0)
        assert lenient.post("/write/", {"name": "甲", "_once": "k1"}).status_code == 302
        assert File.objects.count() == 1


class TestRefused:
    def test_htmx_gets_the_notice_alone_in_its_place(self, client):
        answer = client.post("/write/", {"name": "甲", "then": "refuse"}, **HTMX)
        assert answer.status_code == 422
        assert (answer["HX-Retarget"], answer["HX-Reswap"]) == ("#notices", "innerHTML")
        assert 'data-notice="bad"' in answer.content.decode()
        assert "<html" not in answer.content.decode()

    def test_a_plain_browser_gets_a_page_with_the_reason(self, client):
        answer = client.post("/write/", {"name": "甲", "then": "refuse"})
        assert answer.status_code == 422
        assert "这个名称已经用过。" in answer.content.decode()
        assert "</html>" in answer.content.decode()
