"""`onebow setup-code`: a fresh code for the set-up page of an empty installation."""

# ruff: noqa: N999 (the name of the sub-command)

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from onebow.apps.base.refusals import Refused
from onebow.apps.organizations.services.setup import make_setup_code


class Command(BaseCommand):
    """Print the address of the set-up page; the code in it works once, and voids an earlier one."""

    help = "空系统首次使用:生成设置码,打印初始设置页的地址。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where the product is served."""
        parser.add_argument("--address", default="http://localhost:8000", help="网页地址,默认 http://localhost:8000")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print it."""
        try:
            code = make_setup_code()
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write("首次使用,请用浏览器打开下面的地址完成初始设置(地址只能用一次,请勿外传):")
        self.stdout.write(f"  {options['address'].rstrip('/')}/setup/?code={code}")
