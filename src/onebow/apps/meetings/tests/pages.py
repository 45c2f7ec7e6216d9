"""What tests of pages do: open one as somebody, and fill in the form of a meeting."""

from django.utils import timezone

from onebow.apps.accounts.tests.make import client_of
from onebow.apps.meetings.models import Meeting

HTMX = {"HX-Request": "true"}


def get(user, address, status=200, **headers):
    response = client_of(user).get(address, headers=headers)
    assert response.status_code == status, response.content.decode()[:2000]
    return response


def text(user, address, status=200, **headers):
    return get(user, address, status, **headers).content.decode()


def ask(branch, door, kind, **more):
    tail = "".join(f"&{key}={value}" for key, value in more.items())
    return f"/meetings/new/{door}/?organization={branch.here.pk}&kind={branch.kinds[kind].pk}{tail}"


def typed(**facts):
    return {"held_on": timezone.localdate().isoformat(), "hours": "2", "title": "学习会议精神"} | facts


def only():
    return Meeting.objects.get()
