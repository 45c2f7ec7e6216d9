"""我的通知: where and when one is told, by the services and on the pages."""

from datetime import time, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django_q.models import OrmQ

from onebow.apps.accounts.tests.make import client_of
from onebow.apps.base.refusals import Refused
from onebow.apps.desk.models import Channel, NoticePreference, Outbox
from onebow.apps.desk.rules.addresses import masked, robot_of
from onebow.apps.desk.services.channels import remove_channel, send_test, set_channel
from onebow.apps.desk.services.preferences import PreferenceDraft, set_preference, silence
from onebow.apps.desk.tests.make import DAY, make_work
from onebow.apps.desk.tests.make_notices import ROBOT, make_message, make_told
from onebow.apps.ledger.models import Entry
from onebow.apps.organizations.models import Person
from onebow.apps.organizations.tests.make import NOON, TODAY, make_town, make_user

DRAFT = PreferenceDraft("at_once", 9, time(20), time(7, 30), working_days_only=False)
FORM = {"mode": "digest", "hour": "8", "quiet_from": "20:00", "quiet_until": "07:30", "version": "1"}
VENDOR = "https://qyapi.weixin.qq.com/cgi-bin/webhook/send"


@pytest.fixture
def town(db):
    return make_town()


@pytest.fixture
def user(town):
    return town.secretary


def kinds_told() -> list[str]:
    return list(Entry.objects.filter(kind__startswith="notice.").order_by("pk").values_list("kind", flat=True))


def test_a_first_channel_switches_the_digest_on_and_is_told_to_the_ledger_without_its_address(user):
    channel = set_channel("wecom", f" {ROBOT}&more=1 ", by=user, at=NOON)
    channel.refresh_from_db()
    assert channel.address == ROBOT
    assert NoticePreference.objects.get(user=user).mode == "digest"
    [entry] = Entry.objects.filter(kind="notice.channel_set").select_related("body")
    assert entry.data == {"channel": "wecom"}
    with connection.cursor() as cursor:
        cursor.execute("SELECT address FROM desk_channel")
        assert b"made-up" not in bytes(cursor.fetchone()[0])


def test_another_address_takes_the_place_of_the_first_and_clears_its_failure(user):
    set_channel("wecom", ROBOT, by=user, at=NOON)
    Channel.objects.update(failure="rejected", failed_at=NOON)
    set_channel("wecom", f"{VENDOR}?key=made-up-0002", by=user, at=NOON)
    channel = Channel.objects.get()
    assert (channel.address[-4:], channel.failure) == ("0002", "")


@pytest.mark.parametrize(
    "typed",
    [
        "https://evil.example/cgi-bin/webhook/send?key=made-up-0001",
        "http://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=made-up-0001",
        "https://qyapi.weixin.qq.com:8443/cgi-bin/webhook/send?key=made-up-0001",
        "https://qyapi.weixin.qq.com@127.0.0.1/cgi-bin/webhook/send?key=made-up-0001",
        "https://user@qyapi.weixin.qq.com/cgi-bin/webhook/send?key=made-up-0001",
        "https://qyapi.weixin.qq.com.evil.example/cgi-bin/webhook/send?key=made-up-0001",
        "https://127.0.0.1/cgi-bin/webhook/send?key=made-up-0001",
        "https://[::1]/cgi-bin/webhook/send?key=made-up-0001",
        "file:///etc/passwd",
    ],
)
def test_no_other_host_no_other_port_and_no_plain_http_is_taken(user, typed):
    with pytest.raises(Refused, match=r"只能发到|不是一个网址"):
        set_channel("wecom", typed, by=user, at=NOON)
    assert not Channel.objects.exists()


@pytest.mark.parametrize(
    "typed", [f"{VENDOR}", f"{VENDOR}?key=a/../b", f"{VENDOR}/x?key=made-up-0001", "https://[", ""]
)
def test_an_address_that_is_not_whole_is_refused_with_how_it_looks(typed):
    with pytest.raises(Refused, match=r"地址不完整|不是一个网址"):
        robot_of("wecom", typed, ())


def test_an_origin_that_the_operator_names_is_taken_at_the_same_path_alone():
    inside = "https://wecom.example.gov.cn:8443"
    assert robot_of("wecom", f"{inside}/cgi-bin/webhook/send?key=made-up-0001", [inside]).origin == inside
    with pytest.raises(Refused, match="地址不完整"):
        robot_of("wecom", f"{inside}/anything?key=made-up-0001", [inside])


def test_mail_wants_one_whole_address(user):
    assert set_channel("mail", " li@example.gov.cn ", by=user, at=NOON).address == "li@example.gov.cn"
    for typed in ("li", "a@example.gov.cn,b@example.gov.cn", "li@example.gov.cn\nBcc: b@example.gov.cn"):
        with pytest.raises(Refused, match="完整的邮箱地址"):
            set_channel("mail", typed, by=user, at=NOON)


def test_of_an_address_its_owner_sees_the_end():
    assert masked("wecom", ROBOT) == "尾号 0001"
    assert masked("mail", "li@example.gov.cn") == "l***@example.gov.cn"
    assert masked("mail", "") == "没有填写地址"


def test_a_channel_goes_with_what_was_sent_through_it(user):
    make_message(make_told(user).user.channels.get())
    remove_channel("wecom", by=user, at=NOON)
    assert not Outbox.objects.exists()
    assert kinds_told() == ["notice.channel_removed"]
    with pytest.raises(Refused, match="没有设置这种通知方式"):
        remove_channel("wecom", by=user, at=NOON)


def test_a_test_is_put_into_the_outbox_with_what_waits_and_not_twice_a_minute(
    town, user, django_capture_on_commit_callbacks
):
    make_work(town, town.office, person=Person.objects.get(name="赵立"), due_on=TODAY + DAY)
    make_told(user, mode="off")
    with django_capture_on_commit_callbacks(execute=True):
        row = send_test("wecom", by=user, at=NOON)
    assert (row.sort, row.count) == ("test", 1)
    assert OrmQ.objects.count() == 1
    with pytest.raises(Refused, match="一分钟后再试"):
        send_test("wecom", by=user, at=NOON + timedelta(seconds=50))
    send_test("wecom", by=user, at=NOON + timedelta(seconds=61))


def test_the_preference_is_stored_once_and_told_to_the_ledger(user):
    row = set_preference(DRAFT, version=1, by=user, at=NOON)
    assert (row.mode, row.quiet_until, row.version) == ("at_once", time(7, 30), 2)
    with pytest.raises(Refused, match="没有改动"):
        set_preference(DRAFT, version=2, by=user, at=NOON)
    assert kinds_told() == ["notice.preference_set"]


@pytest.mark.parametrize(
    ("hours", "why"),
    [
        ((8, time(20), None), "要么都填"),
        ((8, time(20), time(20)), "开始和结束相同"),
        ((6, time(20), time(7, 30)), "落在免打扰时段内"),
        ((21, time(20), time(7, 30)), "落在免打扰时段内"),
    ],
)
def test_hours_that_contradict_each_other_are_refused(user, hours, why):
    hour, starts, ends = hours
    with pytest.raises(Refused, match=why):
        set_preference(PreferenceDraft("digest", hour, starts, ends), version=1, by=user, at=NOON)


def test_what_another_window_changed_is_not_overwritten(user):
    set_preference(DRAFT, version=1, by=user, at=NOON)
    with pytest.raises(Refused, match="已经改过"):
        set_preference(PreferenceDraft("digest", 10), version=1, by=user, at=NOON)


def test_silence_forgets_what_was_told_and_keeps_the_channels(user):
    make_told(user, told=["due:1"], looked_on=TODAY)
    row = silence(by=user, at=NOON)
    assert (row.mode, row.told, row.looked_on) == ("off", [], None)
    silence(by=user, at=NOON)
    assert kinds_told() == ["notice.preference_set"]
    assert Channel.objects.filter(user=user).exists()


def test_the_page_shows_ones_own_and_nothing_of_others(town, user):
    make_message(make_told(user).user.channels.get(), failure="no_answer")
    make_message(make_told(town.member, "feishu").user.channels.get(), count=77)
    html = client_of(user).get("/notices/").content.decode()
    assert "尾号 0001" in html
    assert "对方没有应答" in html
    assert "made-up" not in html
    assert "77 项" not in html
    assert 'data-channel="feishu" data-set' not in html


def test_the_page_says_that_nothing_is_sent_where_there_is_no_channel_and_no_mail_server(user, settings):
    settings.MAIL_SERVER = None
    assert "还没有通知方式" in client_of(user).get("/notices/").content.decode()
    make_told(user, "mail", address="")
    html = client_of(user).get("/notices/").content.decode()
    assert "发不出去:没有填写地址" in html
    assert "/notices/channels/mail/test/" not in html


def test_a_channel_is_entered_tested_and_removed_on_the_pages(user):
    client = client_of(user)
    assert client.post("/notices/channels/wecom/", {"address": ROBOT}).headers["Location"] == "/notices/"
    assert client.post("/notices/channels/wecom/test/").headers["Location"] == "/notices/#sent"
    html = client.get("/notices/sent/", headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in html
    assert 'data-sent="waiting"' in html
    assert 'hx-trigger="load delay:2s"' in html
    client.post("/notices/channels/wecom/removal/")
    assert not Channel.objects.exists()


def test_what_is_wrong_with_an_address_is_said_and_it_stays_typed(user):
    answer = client_of(user).post("/notices/channels/wecom/", {"address": "https://evil.example/x"})
    assert answer.status_code == 422
    html = answer.content.decode()
    assert "只能发到 https://qyapi.weixin.qq.com" in html
    assert 'value="https://evil.example/x"' in html


def test_the_preference_is_changed_on_the_page_and_what_does_not_fit_is_said_beside_the_hours(user):
    client = client_of(user)
    assert client.post("/notices/", FORM).status_code == 302
    assert NoticePreference.objects.get().quiet_from == time(20)
    answer = client.post("/notices/", FORM | {"hour": "6", "version": "2"})
    assert answer.status_code == 422
    assert "落在免打扰时段内" in answer.content.decode()
    assert client.post("/notices/", FORM | {"hour": "25", "quiet_from": "20:13"}).status_code == 422
    client.post("/notices/silence/")
    assert "通知已关闭" in client.get("/notices/").content.decode()


def test_a_kind_that_is_none_is_not_found_and_an_administrator_has_no_such_page(user):
    assert client_of(user).get("/notices/channels/pigeon/").status_code == 404
    assert client_of(user).post("/notices/channels/pigeon/test/").status_code == 404
    assert client_of(make_user("nobody")).get("/notices/").status_code == 404


def test_the_page_asks_few_statements_however_much_was_sent(user):
    channel = make_told(user, "wecom", "feishu").user.channels.get(kind="wecom")
    for number in range(30):
        make_message(channel, str(number))
    client = client_of(user)
    client.get("/notices/")
    with CaptureQueriesContext(connection) as asked:
        html = client.get("/notices/").content.decode()
    assert len(asked) <= 12
    assert html.count("data-sent=") == 20
