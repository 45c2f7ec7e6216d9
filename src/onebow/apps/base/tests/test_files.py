"""Keeping what was handed in."""

import hashlib
import subprocess
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from onebow import home
from onebow.apps.base.files import drop_file, empty_files, keep_file, path_of
from onebow.apps.base.models import File
from onebow.apps.base.refusals import Refused
from onebow.apps.base.tests.make import NOON

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(tmp_path, monkeypatch) -> Path:
    monkeypatch.setattr(home, "HOME", tmp_path)
    return home.folder("files")


def upload(content: bytes, name: str = "名册.xlsx") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def test_content_lies_under_its_hash(folder):
    kept = keep_file(upload(b"abc"), at=NOON, limit_bytes=10)
    assert kept.sha256 == hashlib.sha256(b"abc").hexdigest()
    assert (kept.name, kept.bytes) == ("名册.xlsx", 3)
    assert path_of(kept.sha256).read_bytes() == b"abc"
    assert len(list(folder.iterdir())) == 1


def test_the_same_content_twice_is_two_rows_and_one_file(folder):
    for name in ("a.xlsx", "b.xlsx"):
        keep_file(upload(b"abc", name), at=NOON, limit_bytes=10)
    assert File.objects.count() == 2
    assert len(list(folder.iterdir())) == 1


def test_content_goes_with_the_last_that_names_it_once_that_stands(folder, django_capture_on_commit_callbacks):
    one, other = (keep_file(upload(b"abc", name), at=NOON, limit_bytes=10) for name in ("a.xlsx", "b.xlsx"))
    with django_capture_on_commit_callbacks(execute=True):
        drop_file(one)
    assert path_of(other.sha256).exists()
    with django_capture_on_commit_callbacks(execute=True):
        empty_files(File.objects.filter(pk=other.pk), "已删除")
        assert path_of(other.sha256).exists()
    assert list(folder.iterdir()) == []
    assert File.objects.values_list("name", "sha256", "bytes").get() == ("已删除", "", 0)


def test_a_declared_size_above_the_limit_is_refused_unread(folder):
    with pytest.raises(Refused, match="1 MB"):
        keep_file(upload(b"x" * 1_000_001), at=NOON, limit_bytes=1_000_000)
    assert list(folder.iterdir()) == []


def test_a_size_that_lied_is_refused_and_leaves_nothing(folder):
    liar = upload(b"x" * 1_000_001)
    liar.size = 5
    with pytest.raises(Refused, match="1 MB"):
        keep_file(liar, at=NOON, limit_bytes=1_000_000)
    assert list(folder.iterdir()) == []
    assert not File.objects.exists()


def test_a_full_disk_is_told_and_leaves_nothing(folder):
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=16k", "tmpfs", folder], capture_output=True, check=False
    )
    try:
        if mounted.returncode:  # not root: a folder that takes nothing is the nearest thing to a full disk
            folder.rmdir()
            folder.write_bytes(b"")
        with pytest.raises(Refused, match="磁盘空间不足"):
            keep_file(upload(b"x" * 100_000), at=NOON, limit_bytes=1_000_000)
    finally:
        if not mounted.returncode:
            left = list(folder.iterdir())
            subprocess.run(["umount", folder], check=True)
            assert left == []
    assert not File.objects.exists()
