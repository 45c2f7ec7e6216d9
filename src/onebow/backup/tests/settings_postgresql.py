"""The product on the PostgreSQL database that a test made for it."""

import os

from onebow.backup.tests.clusters import settings_of
from onebow.config.settings import *  # noqa: F403

DATABASES = {"default": settings_of(os.environ["ONEBOW_TEST_DATABASE"])}
