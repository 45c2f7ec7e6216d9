"""The daily backup, where a passphrase file is set."""

from django.conf import settings
from django.utils import timezone

from onebow.backup.drafts import backups_in, day_of, drop_older, name_at
from onebow.backup.making import make_backup
from onebow.backup.passphrases import passphrase_of


def make_daily_backup() -> int:
    """Make today's backup if there is none, and drop older ones. Returns how many were made."""
    at, folder = timezone.now(), settings.BACKUPS
    name = name_at(at)
    # Delivered twice, or again after a restart: today's stands already.
    if any(day_of(path.name) == day_of(name) for path in backups_in(folder)):
        return 0
    passphrase = passphrase_of(None, twice=False)
    make_backup(folder / name, passphrase, at=at, tell=lambda _: None)
    drop_older(folder, settings.BACKUP_KEEP)
    return 1
