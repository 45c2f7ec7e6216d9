"""`onebow reset-factor NAME`: for somebody who lost the phone and the printed codes."""

# ruff: noqa: N999 (the name of the sub-command)

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from onebow.apps.accounts.queries import user_called
from onebow.apps.accounts.services import remove_factors


class Command(BaseCommand):
    """Remove an account's second factors. No page does this: it takes somebody who stands at the machine."""

    help = "手机和备用码都丢失时,关闭一个账号的两步验证;管理员下次登录须重新启用。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Whose."""
        parser.add_argument("name", help="登录名")

    def handle(self, *args: Any, **options: Any) -> None:
        """Remove them and end the sessions."""
        user = user_called(options["name"])
        if user is None:
            raise CommandError(f"没有登录名为“{options['name']}”的账号。")
        remove_factors(user.pk, by=None, at=timezone.now())
        self.stdout.write(f"已关闭账号“{user.username}”的两步验证,所有登录已失效。")
