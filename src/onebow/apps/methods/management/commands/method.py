"""`onebow method list|check|apply`: packs on the shelf, a pack checked, and a pack put in place."""

from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from django.db import connection
from django.utils import timezone

from onebow.apps.base.refusals import Refused
from onebow.apps.base.verbs import VerbCommand
from onebow.apps.methods.models import AppliedPack
from onebow.apps.methods.queries.packs import in_force, place_named
from onebow.apps.methods.queries.shelf import PackText, file_text, shipped, shipped_pack, text_of
from onebow.apps.methods.reading import BadPack
from onebow.apps.methods.services.applying import apply_pack, first_day, preview
from onebow.apps.methods.services.changes import FATES, Change, PackChanges

NO_TABLES = "数据库还没有建好,请先运行 onebow migrate。"


def day(text: str) -> date:
    """A date argument."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ArgumentTypeError(f"日期要写成 2026-01-01 的样子,这里是“{text}”") from error


class Command(VerbCommand):
    """工作法."""

    help = "工作法:列出自带的和已应用的、检查文件、应用到单位。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """A verb each."""
        verbs = parser.add_subparsers(dest="verb", required=True, metavar="list|check|apply")
        verbs.add_parser("list", help="列出自带的工作法,以及应用到了哪里")
        check = verbs.add_parser("check", help="检查工作法文件,逐条说明行号和原因")
        check.add_argument("file", type=Path, metavar="文件")
        put = verbs.add_parser("apply", help="应用到一个单位及其全部下级;先用 --dry-run 预览")
        put.add_argument("pack", metavar="工作法", help="自带工作法的编号,或 .toml 文件")
        put.add_argument("--under", default="", metavar="单位", help="应用到哪个单位或党组织;只有一个单位时可不写")
        put.add_argument("--on", type=day, metavar="日期", help="生效日期;默认首次应用从年初起,换版本从今天起")
        put.add_argument("--dry-run", action="store_true", help="只预览,不写入")

    def told(self, refused: Refused, options: dict[str, Any]) -> Sequence[str]:
        """Of a bad pack each of its faults."""
        if not isinstance(refused, BadPack):
            return super().told(refused, options)
        file = options.get("file") or options["pack"]
        return [*map(str, refused.faults), f"{file} 有 {len(refused.faults)} 处错误。"]

    def _list(self, _: dict[str, Any]) -> None:
        held = in_force(AppliedPack.objects.select_related("scope")) if _has_tables() else []
        names = {key: (one.pack.name, one.pack.version) for key, one in shipped().items()}
        for row in held:
            names.setdefault(row.key, (row.name, ""))
        for key, (name, version) in names.items():
            self.stdout.write(f"{key}  {name}  {f'自带版本 {version}' if version else '本单位编写'}")
            for row in (one for one in held if one.key == key):
                when = timezone.localdate(row.applied_at)
                self.stdout.write(f"    已应用:{row.scope.name},版本 {row.pack_version},{when:%Y-%m-%d}")

    def _check(self, options: dict[str, Any]) -> None:
        pack = text_of(file_text(options["file"])).pack
        self.stdout.write(f"{options['file']} 没有错误:{pack.name} {pack.version},{_size(pack)}。")

    def _apply(self, options: dict[str, Any]) -> None:
        chosen = _chosen(options["pack"])
        if not _has_tables():
            raise Refused(NO_TABLES)
        at = timezone.now()
        scope = place_named(options["under"], timezone.localdate(at))
        on = options["on"] or first_day(scope, chosen.pack.key, timezone.localdate(at))
        act = preview if options["dry_run"] else apply_pack
        changes = act(chosen, scope.pk, on=on, by=None, at=at)
        self.stdout.write("预览,没有写入:" if options["dry_run"] else "已应用:")
        for one in changes:
            for line in told(one, scope.name, on):
                self.stdout.write(line)


def told(changes: PackChanges, scope: str, on: date) -> Iterator[str]:
    """What one pack does, a line for each row and each thing that it says otherwise."""
    counts = ",".join(f"{label} {changes.count(fate)}" for fate, label in FATES.items())
    yield f"{changes.pack.name} {changes.pack.version} → {scope},自 {on} 起:{counts}"
    for row in changes.rows:
        yield from _lines(row)


def _lines(row: Change) -> Iterator[str]:
    summary = f":{row.summary}" if row.summary else ""
    yield f"  [{row.fate_label}] {row.sort_label} {row.name}({row.key}){summary}"
    for one in row.differences:
        yield from (f"      - {one.label}:{line}" for line in one.gone)
        yield from (f"      + {one.label}:{line}" for line in one.come)
    yield from (f"      {note}" for note in row.notes)


def _chosen(word: str) -> PackText:
    return text_of(file_text(Path(word))) if word.endswith(".toml") else shipped_pack(word)


def _size(pack: Any) -> str:
    parts = (
        ("会议类别", pack.meeting_kinds), ("事项类别", pack.item_kinds), ("要求", pack.requirements),
        ("制度任务", pack.duties), ("名目清单", pack.named_lists),
        ("文书模板", pack.documents),
    )  # fmt: skip
    return "、".join(f"{label} {len(rows)}" for label, rows in parts)


def _has_tables() -> bool:
    return AppliedPack._meta.db_table in connection.introspection.table_names()
