"""Deeds in a process of their own: `python -m onebow.backup.tests.deeds DEED …`, on the environment's data folder."""

import hashlib
import os
import select
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "onebow.config.settings")
django.setup()

from django.core.files.uploadedfile import SimpleUploadedFile  # noqa: E402
from django.db import IntegrityError, transaction  # noqa: E402
from django.utils import timezone  # noqa: E402

from onebow.apps.base.files import keep_file, path_of  # noqa: E402
from onebow.apps.base.models import File, Submission  # noqa: E402
from onebow.apps.organizations.models import Grant, Organization, Person  # noqa: E402
from onebow.apps.organizations.services.organizations import OrganizationDraft, found_organization  # noqa: E402
from onebow.apps.organizations.tests.make import NOON, make_person, make_town, make_user  # noqa: E402
from onebow.apps.organizations.tests.make_rosters import number  # noqa: E402

PHONE, SCAN = "19900001234", os.urandom(1_500_000)


def town() -> None:
    """A small town; one person has a phone, one scan was handed in, and the last form key was dropped again."""
    unit = make_town().bureau
    make_person(unit, "周密", phone=PHONE, id_number=number())
    keep_file(SimpleUploadedFile("批复.pdf", SCAN), at=NOON, limit_bytes=2_000_000)
    Submission.objects.create(key="stays", user_id=1)
    print(Submission.objects.create(key="goes", user_id=1).pk)
    Submission.objects.filter(key="goes").delete()


def write_on() -> None:
    """Found section after section until the input ends; each is told once its transaction is acknowledged."""
    unit = Organization.objects.get(name="人社局")
    number = 0
    while not select.select([sys.stdin], [], [], 0)[0]:
        number += 1
        draft = OrganizationDraft(Organization.Kind.SECTION, f"第{number}科", parent_id=unit.pk)
        print(found_organization(draft, by=None, at=timezone.now()).pk, flush=True)


def phone() -> None:
    """A sealed number, opened."""
    print(Person.objects.get(name="周密").phone)


def scan() -> None:
    """Whether the attachment is what was handed in."""
    sha256 = File.objects.get().sha256
    print(sha256 == hashlib.sha256(path_of(sha256).read_bytes()).hexdigest())


def next_id() -> None:
    """The id that the next row gets."""
    print(Submission.objects.create(key=timezone.now().isoformat(), user_id=1).pk)


def guard() -> None:
    """Whether the database itself still refuses an administrator's grant."""
    user, unit = make_user("guarded", office="audit"), Organization.objects.get(name="人社局")
    try:
        with transaction.atomic():
            Grant.objects.create(user=user, organization=unit, role="officer", created_at=NOON, updated_at=NOON)
    except IntegrityError:
        print("refused")


def overlong() -> None:
    """A name that is longer than its column."""
    Person.objects.filter(name="周密").update(name="周" * 5_000)


DEEDS = {deed.__name__: deed for deed in (town, write_on, phone, scan, next_id, guard, overlong)}
if __name__ == "__main__":
    for word in sys.argv[1:]:
        DEEDS[word]()
