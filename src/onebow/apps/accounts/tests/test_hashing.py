"""The cap on password hashing."""

import subprocess
import sys
import threading
import time

import pytest
from django.contrib.auth.hashers import check_password, make_password

from onebow import home
from onebow.apps.accounts import hashing
from onebow.apps.accounts.hashing import Busy, slot
from onebow.apps.accounts.tests.make import PASSWORD, make_user

HOLD = """
import fcntl, os, sys, time
handle = os.open(sys.argv[1], os.O_RDWR | os.O_CREAT)
fcntl.flock(handle, fcntl.LOCK_EX)
print("held", flush=True)
time.sleep(60)
"""


@pytest.fixture
def one_slot(settings, monkeypatch, tmp_path):
    settings.HASH_SLOTS, settings.HASH_WAIT_SECONDS = 1, 0.05
    settings.PASSWORD_HASHERS = ["onebow.apps.accounts.hashing.CappedArgon2Hasher"]
    monkeypatch.setattr(hashing.CappedArgon2Hasher, "memory_cost", 64)
    monkeypatch.setattr(home, "HOME", tmp_path)
    return home.folder("run") / "hash-0.lock"


def test_a_password_is_hashed_and_known_again(one_slot):
    encoded = make_password(PASSWORD)
    assert encoded.startswith("argon2$argon2id$")
    assert check_password(PASSWORD, encoded)
    assert not check_password("another one", encoded)


def test_the_real_cost_is_what_the_page_in_docs_says():
    hasher = hashing.CappedArgon2Hasher()
    assert (hasher.memory_cost, hasher.time_cost, hasher.parallelism) == (46 * 1024, 1, 1)


def test_another_process_in_the_only_slot_makes_us_refuse(one_slot):
    other = subprocess.Popen([sys.executable, "-c", HOLD, str(one_slot)], stdout=subprocess.PIPE)
    try:
        assert other.stdout.readline() == b"held\n"
        with pytest.raises(Busy):
            make_password(PASSWORD)
    finally:
        other.kill()
        other.wait()
        other.stdout.close()
    # A process that died leaves its slot free.
    assert make_password(PASSWORD)


def test_of_many_threads_no_more_than_the_slots_are_inside(one_slot, settings):
    settings.HASH_SLOTS, settings.HASH_WAIT_SECONDS = 2, 5
    inside, most, lock = [0], [0], threading.Lock()

    def work():
        with slot():
            with lock:
                inside[0] += 1
                most[0] = max(most[0], inside[0])
            time.sleep(0.01)
            with lock:
                inside[0] -= 1

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most[0] == 2


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["zhangmin", "nobody"])
def test_signing_in_while_all_slots_are_taken_is_told_to_wait(client, one_slot, name):
    make_user()
    with slot():
        response = client.post("/sign-in/", {"login": name, "password": PASSWORD})
    assert response.status_code == 503
    assert "登录的人较多,请稍候再试" in response.content.decode()
    assert response["Retry-After"] == "5"


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["zhangmin", "nobody", "asleep"])
def test_every_attempt_costs_one_hash_whoever_it_names(client, one_slot, monkeypatch, name):
    make_user()
    asleep = make_user("asleep")
    asleep.set_unusable_password()
    asleep.save()
    taken, take = [], hashing._take
    monkeypatch.setattr(hashing, "_take", lambda deadline: taken.append(1) or take(deadline))
    client.post("/sign-in/", {"login": name, "password": "wrong password 1"})
    assert len(taken) == 1
