"""`onebow document list|check|render`: templates of official papers, and papers from them."""

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.utils import timezone

from onebow.apps.base.refusals import Refused
from onebow.apps.base.verbs import VerbCommand
from onebow.apps.documents.official.checking import problems_of
from onebow.apps.documents.official.from_json import data_from_json
from onebow.apps.documents.official.rendering import KINDS, render, template, templates
from onebow.apps.documents.official.shelf import load, source_of
from onebow.apps.documents.official.templates import Template

ENDINGS = {**{f".{kind}": kind for kind in KINDS}, ".txt": "text"}


class Command(VerbCommand):
    """公文."""

    help = "公文:列出模板、检查模板文件、用数据生成公文。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """A verb each."""
        verbs = parser.add_subparsers(dest="verb", required=True, metavar="list|check|render")
        verbs.add_parser("list", help="列出自带的公文模板和字段")
        check = verbs.add_parser("check", help="检查模板文件,逐条说明行号和原因")
        check.add_argument("file", type=Path, metavar="模板文件")
        make = verbs.add_parser("render", help="用数据生成一份公文")
        make.add_argument("template", metavar="模板", help="自带模板的名称,或模板文件")
        make.add_argument("--data", type=Path, required=True, metavar="JSON", help="数据文件,日期写成 2026-03-01")
        make.add_argument("-o", "--output", type=Path, required=True, metavar="文件", help=".docx、.pdf 或 .txt")
        make.add_argument("--records", type=int, default=0, metavar="N", help="由多少条台账生成,默认 0")

    def _list(self, options: dict[str, Any]) -> None:
        for one in templates():
            self.stdout.write(f"{one.key}  {one.name}")
            for field in one.fields.values():
                names = "、".join(column.name for column in field.columns if not column.is_box)
                columns = f"({names})" if names else ""
                needed = "" if field.required else ",可不填"
                self.stdout.write(f"    {field.name}  {field.type}{columns}{needed}  {field.label}")

    def _check(self, options: dict[str, Any]) -> None:
        problems = problems_of(source_of(options["file"]))
        for problem in problems:
            self.stderr.write(str(problem))
        if problems:
            self.stderr.write(f"{options['file']} 有 {len(problems)} 处错误。")
            sys.exit(2)
        self.stdout.write(f"{options['file']} 没有错误。")

    def _render(self, options: dict[str, Any]) -> None:
        output = options["output"]
        if output.suffix not in ENDINGS:
            raise Refused(f"输出文件 {output} 的结尾应为 .docx、.pdf 或 .txt。")
        chosen = _template(options["template"])
        data = data_from_json(chosen, _read(options["data"]))
        made = render(chosen, data, ENDINGS[output.suffix], records=options["records"], at=timezone.now())
        try:
            output.write_bytes(made)
        except OSError as error:
            raise Refused(f"不能写入 {output}:{error.strerror}。") from error
        self.stdout.write(f"已写入 {output}。")


def _template(word: str) -> Template:
    return load(Path(word)) if word.endswith(".toml") else template(word)


def _read(path: Path) -> Any:
    try:
        return json.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise Refused(f"数据文件 {path} 读不出来:{error.strerror}。") from error
    except ValueError as error:
        raise Refused(f"数据文件 {path} 不是有效的 JSON:{error}。") from error
