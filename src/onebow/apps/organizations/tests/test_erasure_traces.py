"""What an erasure leaves: every column of every table and every kept file is searched."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from onebow import home
from onebow.apps.base.fields import blind_index
from onebow.apps.organizations.models import Membership, Person, RosterImport
from onebow.apps.organizations.services.accounts import disable_person_account  # noqa: F401
