"""`onebow export roster FILE`: the roster in the shape it came in."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from onebow.apps.base.refusals import Refused
from onebow.apps.organizations.management.commands.import_roster import day
from onebow.apps.organizations.services.imports_export import export_roster
from onebow.apps.organizations.services.imports_root import find_root


class Command(BaseCommand):
    """导出花名册。"""

    help = "导出花名册(.xlsx),与导入时的样子相同;默认遮盖身份号码和手机号码的中间几位。"

    def add_arguments(self, parser: CommandParser) -> None:
        """File, root unit, day, whether in full."""
        parser.add_argument("file", metavar="文件", help="要写成的 .xlsx 文件")
        parser.add_argument("--under", default="", metavar="单位", help="导出哪个根单位,只有一个时可省略")
        parser.add_argument("--on", type=day, metavar="日期", help="截至哪一天,默认今天")
        parser.add_argument("--full", action="store_true", help="写出完整号码,须用 --reason 说明用途")
        parser.add_argument("--reason", default="", metavar="用途", help="写在表上,并记入查阅记录,至少 4 个字")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the file."""
        at = timezone.now()
        on = options["on"] or timezone.localdate(at)
        try:
            root = find_root(options["under"])
            if root is None:
                raise Refused("还没有任何单位,没有可以导出的花名册。")
            # What is masked leaves the machine without a word; what is whole does not.
            reason = options["reason"] or ("" if options["full"] else "命令行导出")
            data = export_roster(root.pk, on=on, full=options["full"], reason=reason, by=None, at=at)
            Path(options["file"]).write_bytes(data)
        except Refused as refused:
            raise CommandError(str(refused), returncode=2) from refused
        except OSError as error:
            raise CommandError(f"文件没有写成:{error.strerror}", returncode=2) from error
        self.stdout.write(f"已导出:{options['file']}")
