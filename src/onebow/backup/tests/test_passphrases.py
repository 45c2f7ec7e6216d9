"""Passphrases: from a file, the environment or the console, and never a weak one."""

import io
import re

import pytest

from onebow.apps.base.refusals import Refused
from onebow.backup import passphrases
from onebow.backup.passphrases import is_open_to_others, make_passphrase, passphrase_of


@pytest.fixture(autouse=True)
def _nothing_set(monkeypatch, settings):
    settings.BACKUP_PASSPHRASE, settings.BACKUP_PASSPHRASE_FILE = "", None
    monkeypatch.setattr("sys.stdin", io.StringIO())


def kept(folder, text: str):
    path = folder / "passphrase"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_file_the_options_and_a_file_named_there(tmp_path, settings):
    file = kept(tmp_path, "a passphrase in a file\n")
    assert passphrase_of(file, twice=True) == "a passphrase in a file"
    settings.BACKUP_PASSPHRASE_FILE = file
    assert passphrase_of(None, twice=True) == "a passphrase in a file"
    settings.BACKUP_PASSPHRASE = "one in the options"
    assert passphrase_of(None, twice=True) == "one in the options"
    assert passphrase_of(file, twice=True) == "a passphrase in a file"


@pytest.mark.parametrize("text", ["", "short", "十一个字符的口令不够长"])
def test_a_short_one_is_refused(tmp_path, text):
    with pytest.raises(Refused, match="至少 12 个字符"):
        passphrase_of(kept(tmp_path, text), twice=True)


def test_none_at_all_says_how_to_give_one():
    with pytest.raises(Refused, match="--make-passphrase"):
        passphrase_of(None, twice=True)


def test_a_file_that_cannot_be_read_is_said_in_words(tmp_path):
    with pytest.raises(Refused, match="读不到口令文件"):
        passphrase_of(tmp_path / "none", twice=True)
    (tmp_path / "binary").write_bytes(b"\xff\xfe\xfd" * 10)
    with pytest.raises(Refused, match="不是文本文件"):
        passphrase_of(tmp_path / "binary", twice=True)


def test_at_the_console_it_is_typed_twice_and_must_be_the_same(monkeypatch):
    typed = iter(["one and the same words", "one and the same words", "one and the same words", "others"])
    monkeypatch.setattr("sys.stdin", type("Terminal", (io.StringIO,), {"isatty": lambda _: True})())
    monkeypatch.setattr(passphrases.getpass, "getpass", lambda _: next(typed))
    assert passphrase_of(None, twice=True) == "one and the same words"
    with pytest.raises(Refused, match="不一样"):
        passphrase_of(None, twice=True)


def test_the_same_letters_typed_another_way_are_the_same_passphrase(tmp_path):
    assert passphrase_of(kept(tmp_path, "café du pont neuf"), twice=True) == passphrase_of(
        kept(tmp_path, "cafe\u0301 du pont neuf"), twice=True
    )


def test_a_fresh_one_is_long_random_and_only_its_owners(tmp_path):
    made = set()
    for name in ("one", "other"):
        make_passphrase(tmp_path / name)
        assert (tmp_path / name).stat().st_mode & 0o777 == 0o600
        made.add(passphrase_of(tmp_path / name, twice=True))
    assert len(made) == 2
    assert all(re.fullmatch(r"([a-z2-9]{9}-){2}[a-z2-9]{9}", text) for text in made)
    assert not is_open_to_others(tmp_path / "one")
    (tmp_path / "one").chmod(0o644)
    assert is_open_to_others(tmp_path / "one")


def test_an_existing_one_is_never_overwritten(tmp_path):
    file = kept(tmp_path, "opens the older backups")
    with pytest.raises(Refused, match="已经存在"):
        make_passphrase(file)
    assert file.read_text() == "opens the older backups"
    with pytest.raises(Refused, match="没有写成"):
        make_passphrase(tmp_path / "none" / "passphrase")
