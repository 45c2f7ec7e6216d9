"""From the outbox to the world: robots that answer, hang, fail or lead elsewhere; mail; tries and giving up."""

import json
from datetime import time, timedelta

import pytest
from django.utils import timezone

from onebow.apps.base.calendar import working_calendar
from onebow.apps.base.models import Installation
from onebow.apps.desk import delivery
from onebow.apps.desk.health import mail_in_use, notice_faults
from onebow.apps.desk.models import Channel, NoticePreference, Outbox
from onebow.apps.desk.services.sending import claim, forget, send_waiting, settle
from onebow.apps.desk.tests.dummies import mails, robots
from onebow.apps.desk.tests.make import DAY
from onebow.apps.desk.tests.make_notices import at_clock, make_message, make_told
from onebow.apps.organizations.tests.make import NOON, make_user
from onebow.parsing_network import MailServer

pytestmark = pytest.mark.django_db
F, S = Channel.Failure, Outbox.State
HOUR = timedelta(hours=1)


@pytest.fixture
def dummy(settings):
    with robots() as heard:
        settings.WEBHOOK_ORIGINS = (heard.origin,)
        yield heard


@pytest.fixture
def _quick(monkeypatch):
    """Patience of a tenth of a second."""
    monkeypatch.setattr(delivery, "READ_SECONDS", 0.1)
    monkeypatch.setattr(delivery, "WHOLE_SECONDS", 1.0)


def make_channel(token: str, heard, name: str = "told", **facts) -> Channel:
    row = make_told(make_user(name), address=heard.robot(token), **facts)
    return row.user.channels.get()


def send(at=NOON) -> bool:
    return send_waiting(at=at, now=lambda: at)


def outcome(row: Outbox) -> tuple[str, int, str]:
    row.refresh_from_db()
    return row.state, row.attempts, row.failure


def test_a_robot_is_told_the_number_and_the_address_of_the_product_alone(dummy, settings):
    settings.ADDRESS = "https://dj.example.gov.cn"
    row = make_message(make_channel("made-up-0001", dummy))
    assert send() is False
    assert outcome(row) == (S.SENT, 1, F.NONE)
    assert Channel.objects.get().worked_at == NOON
    [(path, body)] = dummy.calls
    assert path == "/cgi-bin/webhook/send?key=made-up-0001"
    assert json.loads(body) == {"msgtype": "text", "text": {"content": "您有 3 项待办\nhttps://dj.example.gov.cn"}}


@pytest.mark.parametrize(
    ("kind", "path"),
    [("dingtalk", "/robot/send?access_token=madeup0001"), ("feishu", "/open-apis/bot/v2/hook/madeup0001")],
)
def test_the_other_robots_are_told_the_same_in_their_own_words(dummy, kind, path):
    row = make_told(make_user("told"), kind, address=dummy.origin + path)
    make_message(row.user.channels.get())
    send()
    [(called, body)] = dummy.calls
    assert called == path
    told = json.loads(body)
    assert (told.get("text") or told["content"]).get("content", told.get("content", {}).get("text")) == "您有 3 项待办"


@pytest.mark.usefixtures("_quick")
def test_a_robot_that_does_not_answer_is_not_waited_for_and_nobody_else_waits(dummy):
    hanging = make_message(make_channel("hanging-01", dummy, "one"))
    well = make_message(make_channel("made-up-0001", dummy, "two"))
    send()
    assert outcome(well) == (S.SENT, 1, F.NONE)
    assert outcome(hanging) == (S.WAITING, 1, F.NO_ANSWER)
    assert hanging.next_try_at == NOON + timedelta(minutes=5)


def test_one_that_fails_is_tried_five_times_with_growing_pauses_and_given_up_with_its_reason(dummy):
    row, at, tries = make_message(make_channel("failing-01", dummy)), NOON, []
    while outcome(row)[0] == S.WAITING:
        send(row.next_try_at)
        tries.append(row.next_try_at - at)
        at = row.next_try_at
    assert outcome(row) == (S.GIVEN_UP, 5, F.REJECTED)
    assert [int(pause.total_seconds() / 60) for pause in tries] == [0, 5, 15, 60, 240]
    assert Channel.objects.get().failure == F.REJECTED
    Outbox.objects.update(due_at=timezone.now())
    assert "近一天有 1 条通知没有送达(企业微信群机器人:对方没有接收)" in " ".join(notice_faults())


def test_a_redirect_is_not_followed(dummy):
    row = make_message(make_channel("redirecting", dummy))
    send()
    assert outcome(row)[2] == F.REJECTED
    assert [path for path, _ in dummy.calls] == ["/cgi-bin/webhook/send?key=redirecting"]


def test_a_host_that_is_allowed_no_more_is_not_called_and_not_tried_again(dummy, settings):
    row = make_message(make_channel("made-up-0001", dummy))
    settings.WEBHOOK_ORIGINS = ()
    send()
    assert outcome(row) == (S.GIVEN_UP, 1, F.ADDRESS)
    assert dummy.calls == []


def test_a_try_that_would_fall_into_quiet_hours_waits_for_their_end(dummy):
    channel = make_channel("failing-01", dummy, quiet_from=time(20), quiet_until=time(7, 30))
    row = make_message(channel, at=at_clock(19, 58))
    send(at_clock(19, 58))
    row.refresh_from_db()
    assert timezone.localtime(row.next_try_at) == at_clock(7, 30, day=NOON.date() + DAY)
    # A change of mind between planning and sending counts too.
    late = make_message(channel, "2026-02-03", at=at_clock(21))
    send(at_clock(21))
    assert outcome(late)[:2] == (S.WAITING, 0)


def test_a_test_is_sent_whatever_the_hour_and_though_all_is_switched_off(dummy):
    channel = make_channel("made-up-0001", dummy, mode="off", quiet_from=time(0), quiet_until=time(23, 30))
    row = make_message(channel, sort="test")
    send()
    assert outcome(row)[0] == S.SENT


def test_what_nobody_wants_any_more_is_not_sent(dummy):
    left, off = make_channel("made-up-0001", dummy, "left"), make_channel("made-up-0002", dummy, "off")
    rows = [make_message(left), make_message(off)]
    left.user.is_active = False
    left.user.save(update_fields=["is_active"])
    NoticePreference.objects.filter(user=off.user).update(mode="off")
    send()
    assert [outcome(row) for row in rows] == [(S.GIVEN_UP, 0, F.OFF)] * 2
    assert dummy.calls == []


def test_a_demonstration_sends_nothing_ever(dummy):
    Installation.objects.create(pk=1, use=Installation.Use.DEMONSTRATION)
    row = make_message(make_channel("made-up-0001", dummy))
    assert send() is False
    assert outcome(row) == (S.GIVEN_UP, 0, F.DEMONSTRATION)
    assert dummy.calls == []


def test_a_worker_killed_in_the_middle_sends_what_was_under_way_once_more_and_nothing_else(dummy):
    channel, calendar = make_channel("made-up-0001", dummy), working_calendar()
    first, second = make_message(channel, "a"), make_message(channel, "b")
    claimed = claim(calendar, at=NOON)
    settle({first.pk: F.NONE}, calendar, at=NOON)
    # Killed here: the second was sent, and nobody wrote it down. Another worker takes nothing that is claimed.
    assert [one.pk for one in claimed] == [first.pk, second.pk]
    assert claim(calendar, at=NOON + timedelta(minutes=4)) == []
    send(NOON + timedelta(minutes=5))
    assert outcome(first) == (S.SENT, 1, F.NONE)
    assert outcome(second) == (S.SENT, 2, F.NONE)
    assert len(dummy.calls) == 1


def test_fresh_messages_go_before_those_that_failed(dummy):
    channel = make_channel("made-up-0001", dummy)
    failed = make_message(channel, "a", at=NOON - HOUR, attempts=2)
    fresh = make_message(channel, "b")
    assert [one.pk for one in claim(working_calendar(), at=NOON)] == [fresh.pk, failed.pk]


def test_what_is_left_after_a_minute_is_for_another_run(dummy):
    channel = make_channel("made-up-0001", dummy)
    for number in range(delivery.WIDTH + 1):
        make_message(channel, str(number))
    ticks = iter([NOON, NOON, NOON, NOON, NOON + 2 * timedelta(minutes=1), NOON + 2 * timedelta(minutes=1)])
    assert send_waiting(at=NOON, now=lambda: next(ticks)) is True
    assert Outbox.objects.filter(state=S.WAITING).count() == 1


def test_mail_goes_through_the_server_of_the_office(settings):
    row = make_message(make_told(make_user("told"), "mail", address="li@example.gov.cn").user.channels.get())
    with mails() as heard:
        settings.MAIL_SERVER, settings.MAIL_FROM = MailServer("insecure", "127.0.0.1", heard.port), "dj@example.gov.cn"
        send()
    assert outcome(row) == (S.SENT, 1, F.NONE)
    [(to, text)] = heard.calls
    assert to == "<li@example.gov.cn>"
    assert "From: dj@example.gov.cn" in text
    assert mail_in_use() == f"邮件经 smtp://127.0.0.1:{heard.port} 发送,发件人 dj@example.gov.cn"


def test_mail_without_a_server_is_given_up_and_the_doctor_says_so(settings):
    settings.MAIL_SERVER = None
    row = make_message(make_told(make_user("told"), "mail", address="li@example.gov.cn").user.channels.get())
    send()
    assert outcome(row) == (S.GIVEN_UP, 1, F.SERVER)
    assert "有 1 人选了邮件通知,但没有设置邮件服务器" in " ".join(notice_faults())
    assert mail_in_use() == "没有设置邮件服务器,只能用群机器人"


def test_a_channel_that_cannot_be_made_ready_keeps_nobody_else_from_being_told(dummy, settings, tmp_path):
    settings.MAIL_SERVER, settings.MAIL_FROM = MailServer("insecure", "127.0.0.1", 9), ""
    settings.MAIL_PASSWORD_FILE = tmp_path / "missing"
    mail = make_told(make_user("one"), "mail", address="li@example.gov.cn").user.channels.get()
    robot = make_told(make_user("two"), "dingtalk", address=f"{dummy.origin}/robot/send?access_token=made-up_1")
    rows = [make_message(channel) for channel in (mail, robot.user.channels.get(), make_channel("made-up-0001", dummy))]
    send()
    assert [outcome(row)[::2] for row in rows] == [(S.GIVEN_UP, F.SERVER), (S.GIVEN_UP, F.ADDRESS), (S.SENT, F.NONE)]
    assert "没有发件地址" in " ".join(notice_faults())


def test_the_address_of_a_robot_gets_into_no_log(dummy, caplog):
    make_message(make_channel("failing-01", dummy))
    with caplog.at_level("DEBUG"):
        send()
    assert "failing-01" not in "".join(record.getMessage() for record in caplog.records if record.levelno >= 30)


def test_messages_of_a_month_ago_are_forgotten(dummy):
    channel = make_channel("made-up-0001", dummy)
    make_message(channel, "a", at=NOON - 31 * DAY, state=S.SENT, sent_at=NOON - 31 * DAY)
    make_message(channel, "b", at=NOON - 31 * DAY)
    assert forget(at=NOON) == 1
