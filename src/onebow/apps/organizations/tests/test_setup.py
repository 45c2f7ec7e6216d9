"""The first set-up of an empty installation."""

import re

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from onebow.apps.accounts.models import User
from onebow.apps.accounts.tests.make import PASSWORD
from onebow.apps.base.models import Installation
from onebow.apps.base.refusals import Refused
from onebow.apps.ledger.models import Entry
from onebow.apps.organizations.models import Grant, Link, Organization
from onebow.apps.organizations.services.setup import make_setup_code
from onebow.apps.organizations.tests.make import make_organization

pytestmark = pytest.mark.django_db

FORM = {
    "unit": "某市人社局",
    "committee_kind": "organ_committee",
    "committee": "",
    "system": "sysadmin",
    "security": "secadmin",
    "audit": "auditadmin",
    "officer_name": "张敏",
    "officer": "zhangmin",
}


@pytest.fixture
def address() -> str:
    return f"/setup/?code={make_setup_code()}"


def test_one_page_makes_unit_committee_three_administrators_and_an_officer(client, address):
    assert client.get(address).status_code == 200
    page = client.post(address, FORM).content.decode()
    codes = re.findall(r'class="slip-code">([A-Z2-7-]{19})<', page)
    assert len(set(codes)) == 4
    unit = Organization.objects.get(kind="unit")
    assert Organization.objects.get(kind="organ_committee").name == "某市人社局机关党委"
    assert Link.objects.get(kind="set_in").target == unit
    offices = dict(User.objects.values_list("username", "office"))
    assert offices == {"sysadmin": "system", "secadmin": "security", "auditadmin": "audit", "zhangmin": "none"}
    assert Grant.objects.get().user.username == "zhangmin"
    assert Grant.objects.get().organization == unit
    assert Entry.objects.filter(kind="installation.set_up").count() == 1
    slip = {"username": "zhangmin", "code": codes[3], "password1": PASSWORD, "password2": PASSWORD}
    officer = Client()
    assert officer.post("/activate/", slip)["Location"] == "/"
    assert officer.get(f"/organizations/{unit.pk}/").status_code == 200


def test_a_unit_imported_before_the_set_up_is_taken_as_it_is(client, db):
    unit = make_organization("unit", "某市人社局")
    address = f"/setup/?code={make_setup_code()}"
    assert 'value="某市人社局"' in client.get(address).content.decode()
    assert client.post(address, {**FORM, "unit": "另一个局"}).status_code == 422
    assert not User.objects.exists()
    client.post(address, FORM)
    assert Grant.objects.get().organization == unit
    assert Organization.objects.filter(kind="unit").count() == 1


def test_after_the_set_up_the_page_is_gone(client, address):
    client.post(address, FORM)
    assert client.get(address).status_code == 404
    assert client.post(address, FORM).status_code == 404
    assert User.objects.count() == 4
    with pytest.raises(Refused, match="已完成初始设置"):
        make_setup_code()


@pytest.mark.parametrize("code", ["", "?code=", "?code=AAAA-BBBB-CCCC-DDDD"])
def test_without_the_code_there_is_no_page(client, address, code):
    assert client.get(f"/setup/{code}").status_code == 404


def test_an_installation_that_never_asked_for_a_code_has_no_page(client):
    Installation.objects.create(pk=1, use="own")
    assert client.get("/setup/?code=").status_code == 404


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"unit": ""}, "必填"),
        ({"audit": "SysAdmin"}, "登录名与上面的重复"),
        ({"officer": "张敏"}, "以字母开头"),
        ({"committee_kind": "unit"}, "选项"),
    ],
)
def test_bad_input_is_said_beside_its_field_and_nothing_is_made(client, address, changes, reason):
    response = client.post(address, FORM | changes)
    assert response.status_code == 422
    assert reason in response.content.decode()
    assert not User.objects.exists()
    assert not Organization.objects.exists()
    assert client.get(address).status_code == 200


def test_what_was_typed_stays(client, address):
    page = client.post(address, FORM | {"officer": "1"}).content.decode()
    assert 'value="某市人社局"' in page


def test_a_new_code_makes_the_earlier_one_void(client, address):
    make_setup_code()
    assert client.get(address).status_code == 404


def test_the_command_prints_the_address_with_a_working_code(client, capsys):
    call_command("setup-code", address="http://10.0.0.1:8000/")
    printed = capsys.readouterr().out
    path = re.search(r"http://10\.0\.0\.1:8000(/setup/\?code=\S+)", printed).group(1)
    assert client.get(path).status_code == 200
    client.post(path, FORM)
    with pytest.raises(CommandError, match="已完成初始设置"):
        call_command("setup-code")
