"""The command line: `onebow …`."""

import json
import os
import sys

import django
from django.core.management import execute_from_command_line

from onebow.options import OPTIONS_READ

# Two words here, one command there.
TWO_WORDS = {
    ("import", "roster"): "import_roster",
    ("import", "absences"): "import_absences",
    ("export", "roster"): "export_roster",
}
HELP = """一张弓 OneBow

用法:onebow 命令 [参数]

  import roster 文件 [--under 单位] [--dry-run] [--report 报告.json] [--on 日期]
                      导入花名册;--dry-run 只预检、不写入
  import absences 文件|- [--dry-run] [--json]
                      导入请假和出差;可由其他系统定时执行,登记过的不再登记
  export roster 文件 [--under 单位] [--full --reason 用途]
                      导出花名册,与导入时的样子相同;--full 写出完整号码
  document list       列出公文模板和字段
  document check 文件  检查公文模板
  document render 模板 --data 数据.json -o 文件
                      用数据生成公文(.docx、.pdf、.txt)
  method list         列出工作法,以及应用到了哪里
  method check 文件    检查工作法文件,逐条说明行号和原因
  method apply 工作法|文件 [--under 单位] [--on 日期] [--dry-run]
                      应用工作法;--dry-run 只预览、不写入
  serve               启动网页服务
  work                启动后台任务
  migrate             升级数据库(装新版本之后)
  doctor [--json]     检查各项是否正常,逐项说明怎么办
  settings            列出生效的选项
  demo                写入演示数据
  backup 文件 | --folder 文件夹 [--keep N] [--passphrase-file 口令文件]
                      备份到一个加密文件,运行中也可以备份
  restore 文件 [--passphrase-file 口令文件] [--check]
                      恢复到空的数据目录和数据库;--check 只检查
  duties generate [--year 年份]
                      立即生成制度任务的应办(平时每天自动生成)
  ledger verify       校验工作台账:条目、签名存证、见证文件、计数
  ledger export 目录 --reason 用途
                      导出存证文件,供 tools/verify_ledger.py 独立校验
  ledger head         立即签署存证
  structure solve 输入.json -o 结果.json [--time-limit 秒] [--explain]
                      计算支部设置的推荐方案;不用数据库
  help --commands     列出全部命令

onebow 命令 --help 查看每个命令的参数。数据存放在环境变量 ONEBOW_HOME 所指的目录,默认 ./var。
选项来自环境变量,或数据目录中的 onebow.toml(可用 ONEBOW_CONFIG 另指),见 onebow settings。
退出状态:0 成功,2 输入有误;structure 另有 3 无解,4 提前结束(已给出方案和差距)。"""


def _known(word: str) -> str:
    return "、".join(f"onebow {first} {second}" for first, second in TWO_WORDS if first == word)


def main() -> None:
    """Run a sub-command."""
    words = sys.argv[1:]
    if not words or words[0] in ("-h", "--help"):
        print(HELP)
        return
    if words[0] in ("import", "export"):
        command = TWO_WORDS.get((words[0], words[1] if len(words) > 1 else ""))
        if command is None:
            print(f"没有这个命令:onebow {' '.join(words[:2])}。可用:{_known(words[0])}", file=sys.stderr)
            sys.exit(2)
        words = [command, *words[2:]]
    if OPTIONS_READ.faults:
        _stop_at_options(words)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "onebow.config.settings")
    django.setup()
    try:
        execute_from_command_line(["onebow", *words])
    except BrokenPipeError:
        # Whoever read our answer has read enough (`… | head`); what was asked is done.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _stop_at_options(words: list[str]) -> None:
    """No command runs on options that are wrong: with a default in their place it could open another database."""
    faults = list(OPTIONS_READ.faults)
    if words[0] == "doctor" and "--json" in words:
        # As the command itself answers, for whatever watches it.
        print(
            json.dumps({"ok": False, "checks": [{"name": "选项", "ok": False, "faults": faults}]}, ensure_ascii=False)
        )
        sys.exit(1)
    print("\n".join(faults), file=sys.stderr)
    sys.exit(1 if words[0] == "doctor" else 2)
