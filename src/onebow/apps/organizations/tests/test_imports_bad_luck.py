"""Imports that meet a kill, each other, or a full disk."""

import subprocess
import sys

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError, connection

from onebow.apps.base.files import keep_file
from onebow.apps.documents.reading import read_workbook
from onebow.apps.organizations.models import Membership, Organization, Person, RosterImport
from onebow.apps.organizations.services import imports
from onebow.apps.organizations.services.imports_root import make_root
from onebow.apps.organizations.tests.make_rosters import AT, hand_in, number, row, write_roster

MEMBER = {"政治面貌": "中共党员", "入党时间": "2001.01", "转正时间": "2002.01", "所在党支部": "第1党支部"}
START = "import os, sys, django; os.environ['DJANGO_SETTINGS_MODULE'] = 'onebow.config.settings'; django.setup()\n"
RUN = "from onebow import cli\nsys.argv = ['onebow', 'import', 'roster', sys.argv[1]]\ncli.main()\n"
COUNT = "from onebow.apps.organizations.models import *\nprint(Person.objects.count(), Organization.objects.count())"
DIE = (
    "import os, signal, sys\n"
    "from onebow.apps.organizations.services import imports_writing as writing\n"
    "writing.derive_coverage = lambda plan: os.kill(os.getpid(), signal.SIGKILL)\n"
)


def python(environment, code, *arguments):
    """Starts Python code on an installation of its own."""
    command = [sys.executable, "-c", START + code, *arguments]
    return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def said(process):
    out, errors = process.communicate(timeout=120)
    return process.returncode, out, errors


def people(count, **cells):
    return [row(f"员工{chr(0x4E00 + i)}", 公民身份号码=number(order=i + 1), **cells) for i in range(count)]


def test_an_import_killed_in_the_middle_leaves_nothing_and_can_be_repeated(tmp_path, own):
    path = str(write_roster(tmp_path / "r.xlsx", [row("张三", 公民身份号码=number(), **MEMBER)]))
    assert said(python(own, DIE + RUN, path))[0] == -9
    assert said(python(own, COUNT))[1].split() == ["0", "0"]
    assert said(python(own, RUN, path))[0] == 0
    assert said(python(own, COUNT))[1].split() == ["1", "8"]


def test_two_processes_at_once_make_each_person_and_the_root_once(tmp_path, installed):
    path = str(write_roster(tmp_path / "r.xlsx", people(40)))
    both = [said(process) for process in [python(installed, RUN, path), python(installed, RUN, path)]]
    assert [code for code, _, _ in both] == [0, 0]
    assert sorted("新增 40" in out for _, out, _ in both) == [False, True]
    assert said(python(installed, COUNT))[1].split() == ["40", "7"]


@pytest.mark.django_db(transaction=True)
def test_the_rows_are_read_before_the_lock_is_taken(tmp_path):
    """Also where there is no root yet."""
    path = write_roster(tmp_path / "r.xlsx", people(3))
    file = keep_file(SimpleUploadedFile("r.xlsx", path.read_bytes()), at=AT, limit_bytes=10**6)
    told: list[tuple[str, bool]] = []

    def tell(done, total, text):
        told.append((text, connection.in_atomic_block))

    delivery = imports.Delivery(read_workbook(path), file, None, "某局", None)
    imports.import_at_once(delivery, at=AT, tell=tell)
    assert told[0] == ("正在核对每一行", False)
    assert ("正在核对每一行", True) not in told
    assert told[-1] == ("正在登记工作台账", True)
    assert Person.objects.count() == 3


@pytest.mark.only_sqlite
@pytest.mark.django_db(transaction=True)
def test_a_full_disk_ends_in_a_sentence_and_nothing_is_half_done(tmp_path):
    root = make_root("某局", at=AT)
    roster = hand_in(write_roster(tmp_path / "r.xlsx", people(400)), root)
    imports.check_roster(roster.pk, at=AT)
    imports.begin_applying(roster.pk, by=None, at=AT)
    before = Organization.objects.count()
    with connection.cursor() as cursor:
        # Pages that earlier tests left empty would take in what shall find no place.
        cursor.execute("VACUUM")
        cursor.execute("PRAGMA page_count")
        pages = cursor.fetchone()[0]
        cursor.execute(f"PRAGMA max_page_count = {pages + 40}")
    try:
        with pytest.raises(Exception, match="disk is full"):
            imports.apply_roster(roster.pk, by_id=None, at=AT)
    finally:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA max_page_count = 1073741823")
    roster.refresh_from_db()
    assert (roster.state, roster.failure[:6]) == (RosterImport.State.FAILED, "磁盘空间不足")
    assert (Person.objects.count(), Membership.objects.count(), Organization.objects.count()) == (0, 0, before)
    imports.begin_applying(roster.pk, by=None, at=AT)
    imports.apply_roster(roster.pk, by_id=None, at=AT)
    assert Person.objects.count() == 400


@pytest.mark.only_postgresql
@pytest.mark.django_db(transaction=True)
def test_a_full_disk_of_the_server_ends_in_a_sentence_and_nothing_is_half_done(tmp_path):
    """The server says it with this error; a trigger stands in for the disk, which the tests share."""
    root = make_root("某局", at=AT)
    roster = hand_in(write_roster(tmp_path / "r.xlsx", people(40)), root)
    imports.check_roster(roster.pk, at=AT)
    imports.begin_applying(roster.pk, by=None, at=AT)
    said = 'could not extend file "base/1/2": No space left on device'
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
            f" RAISE EXCEPTION '{said}' USING ERRCODE = 'disk_full'; END $$"
        )
        cursor.execute("CREATE TRIGGER full_disk AFTER INSERT ON organizations_membership EXECUTE FUNCTION full_disk()")
    try:
        with pytest.raises(OperationalError, match="No space left"):
            imports.apply_roster(roster.pk, by_id=None, at=AT)
    finally:
        with connection.cursor() as cursor:
            cursor.execute("DROP FUNCTION full_disk CASCADE")
    roster.refresh_from_db()
    assert (roster.state, roster.failure[:6]) == (RosterImport.State.FAILED, "磁盘空间不足")
    assert (Person.objects.count(), Membership.objects.count()) == (0, 0)
