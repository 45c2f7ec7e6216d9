"""Keys that are made at first use."""

import os
from concurrent.futures import ThreadPoolExecutor

import pytest

from onebow import home


@pytest.fixture(autouse=True)
def new_home(tmp_path, monkeypatch):
    monkeypatch.setattr(home, "HOME", tmp_path)


def test_all_who_start_together_have_the_same_key(tmp_path):
    with ThreadPoolExecutor(16) as crew:
        found = set(crew.map(lambda _: home.key("secret.key"), range(64)))
    assert [len(key) for key in found] == [32]
    assert [one.name for one in (tmp_path / "keys").iterdir()] == ["secret.key"]


def test_nobody_sees_a_key_before_it_is_written(tmp_path, monkeypatch):
    seen = []
    write = os.fsync
    monkeypatch.setattr(os, "fsync", lambda handle: (seen.append((tmp_path / "keys/a.key").exists()), write(handle)))
    key = home.key("a.key", 16)
    assert seen == [False]
    assert home.key("a.key", 16) == key
    assert seen == [False]


def test_a_key_is_for_its_account_alone(tmp_path):
    home.key("a.key")
    assert (tmp_path / "keys/a.key").stat().st_mode & 0o777 == 0o600
