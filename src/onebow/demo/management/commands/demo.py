"""`onebow demo`: fill an empty database with the demonstration."""

import sys
import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from onebow.demo import bulk, cast, divisions, installation
from onebow.demo.bureau import build
from onebow.demo.days import months_before
from onebow.demo.notes import tell_work
from onebow.demo.reform.reporting import report
from onebow.demo.story import Story
from onebow.demo.year.all import tell_year

BUREAU_PEOPLE = 500


class Command(BaseCommand):
    """Build, write, open the sign-ins."""

    help = "在空数据库中装入演示数据(虚构的 500 人的局;--people 可生成更大的规模)。"
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Size and seed, or a tree of real divisions, or the current code of the administrators; or the check."""
        parser.add_argument("deed", nargs="?", choices=("check",), help="check:逐条核对改革前后的情形(E1—E5)")
        parser.add_argument("--keep", action="store_true", help="check 时把改革真的实施在演示数据中,可在页面上查看")
        parser.add_argument("--people", type=int, default=BUREAU_PEOPLE, help="人数,500 的倍数,默认 500")
        parser.add_argument("--seed", type=int, default=1, help="随机种子,默认 1;种子相同,数据相同")
        parser.add_argument("--divisions", type=Path, metavar="DIR", help="装入行政区划(china-division 的 dist 目录)")
        parser.add_argument("--code", action="store_true", help="显示演示管理员当前的两步验证码")
        parser.add_argument("--if-empty", action="store_true", help="已有数据时不做任何事")

    def handle(self, *args: Any, **options: Any) -> None:
        """Refuse a database that holds anything else."""
        if options["code"]:
            self.stdout.write(cast.current_code(timezone.now()))
            return
        if options["deed"] == "check":
            if not report(self.stdout.write, keep=options["keep"], at=timezone.now()):
                sys.exit(1)
            return
        installation.claim(demonstration=True)
        if not installation.is_empty():
            if options["if_empty"]:
                return
            raise CommandError("数据库中已有数据,演示数据只能装入空数据库。要重新开始,请先删除数据目录。")
        started = time.monotonic()
        if options["divisions"]:
            self._load_divisions(options["divisions"])
        else:
            self._load_people(options["people"], options["seed"])
        self.stdout.write(f"用时 {time.monotonic() - started:.1f} 秒。")

    def _load_people(self, people: int, seed: int) -> None:
        if people < BUREAU_PEOPLE or people % BUREAU_PEOPLE:
            raise CommandError("人数应为 500 的倍数,例如 500、20000、1000000。")
        now, today = timezone.now(), timezone.localdate()
        if people == BUREAU_PEOPLE:
            self.stdout.write("正在生成演示数据:1 个局、500 人 …")
            tell_year(Story(build(seed, today), opened=months_before(today, 24)), today)
            tell_work(at=now)
        else:
            self.stdout.write(f"正在生成演示数据:{people // BUREAU_PEOPLE} 个局、{people} 人 …")
            root, persons = bulk.load(people // BUREAU_PEOPLE, seed, today, at=now, tell=self.stdout.write)
            cast.open_accounts(root, persons, at=now)

    def _load_divisions(self, folder: Path) -> None:
        try:
            count, root = divisions.load(folder, at=timezone.now())
        except FileNotFoundError as error:
            raise CommandError(f"找不到 {error.filename}。") from error
        cast.open_accounts(root, {}, at=timezone.now())
        self.stdout.write(f"装入 {count} 个行政区划。")
