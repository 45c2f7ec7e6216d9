"""The daily backup, where a folder and a passphrase file are set."""

from pathlib import Path

from django.conf import settings
from django.utils import timezone

from onebow.backup.drafts import backups_in, drop_older, name_at
from onebow.backup.making import make_backup
from onebow.backup.passphrases import passphrase_of


def make_daily_backup() -> str:
    """Make today's backup if there is none, and drop older ones. Returns its name."""
    at, folder = timezone.now(), Path(settings.BACKUP_FOLDER)
    today = name_at(at)[: -len("-HHMMSS.backup")]
    # Delivered twice, or again after a restart: today's stands already.
    made = [path.name for path in backups_in(folder) if path.name.startswith(today)]
    if not made:
        passphrase = passphrase_of(Path(settings.BACKUP_PASSPHRASE_FILE), twice=False)
        made = [make_backup(folder / name_at(at), passphrase, at=at, tell=lambda _: None).path.name]
    drop_older(folder, settings.BACKUP_KEEP)
    return made[0]
