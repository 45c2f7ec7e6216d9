"""`onebow structure solve IN.json -o OUT.json`: the branch structure from a file, without the database."""

import json
import os
import signal
import sys
import tempfile
import threading
import time
from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from onebow.cores.structure import BadInput, Solution, read, solve, write

ENDS = {"optimal": 0, "infeasible": 3, "feasible": 4, "unknown": 4}


def seconds(text: str) -> float:
    """A time limit."""
    with suppress(ValueError):
        if 0 < (found := float(text)) < threading.TIMEOUT_MAX:
            return found
    raise ArgumentTypeError(f"秒数要写成大于 0 的数,这里是“{text}”")


def processes(text: str) -> int:
    """A number of processes."""
    if text.isdecimal() and 0 < int(text) <= 64:
        return int(text)
    raise ArgumentTypeError(f"进程数要写成 1 到 64 的整数,这里是“{text}”")


class Command(BaseCommand):
    """支部设置推荐方案。"""

    help = "由文件计算支部设置的推荐方案(格式 onebow.structure/1),不读写数据库。"
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """One verb."""
        verbs = parser.add_subparsers(dest="verb", required=True, metavar="solve")
        verb = verbs.add_parser("solve", help="计算推荐方案;退出状态:0 最优,2 输入有误,3 无解,4 提前结束")
        verb.add_argument("file", type=Path, metavar="IN.json", help="输入文件")
        verb.add_argument("-o", "--output", type=Path, required=True, metavar="OUT.json", help="结果写到这个文件")
        verb.add_argument("--time-limit", type=seconds, metavar="秒", help="到时给出已有的最好方案和与最优的差距")
        verb.add_argument("--explain", action="store_true", help="逐个支部计算没有它时最好的方案要多付的代价")
        verb.add_argument("--processes", type=processes, default=os.cpu_count() or 1, metavar="N", help="进程数")

    def handle(self, *args: Any, **options: Any) -> None:
        """Read, solve, write; the exit status says how it went."""
        started, output = time.monotonic(), options["output"]
        if output.is_dir() or not output.resolve().parent.is_dir():
            raise CommandError(f"结果写不到这里(文件夹不存在,或这是文件夹):{output}", returncode=2)
        try:
            problem = read(options["file"].read_bytes())
        except OSError as error:
            raise CommandError(f"不能读取 {options['file']}:{error.strerror}", returncode=2) from error
        except BadInput as bad:
            for fault in bad.faults:
                self.stderr.write(str(fault))
            sys.exit(2)
        with _stop_on_signals() as stop:
            self.stdout.write(f"已读入:党员 {len(problem.people)} 名,科室 {len(problem.sections_served)} 个。")
            self.stdout.flush()
            solution = solve(
                problem,
                time_limit=options["time_limit"],
                explain=options["explain"],
                processes=options["processes"],
                tell=self._told,
                stopped=stop.is_set,
            )
        data = write(solution, seconds=time.monotonic() - started, explain=options["explain"])
        _write_whole(output, json.dumps(data, ensure_ascii=False, indent=1) + "\n")
        self._say(solution)
        if ENDS[solution.status]:
            sys.exit(ENDS[solution.status])

    def _told(self, done: int, total: int) -> None:
        if sys.stderr.isatty():
            self.stderr.write(f"\r{done} / {total}", ending="")

    def _say(self, solution: Solution) -> None:
        if solution.status == "optimal":
            self.stdout.write(f"最优:{solution.objective},共 {len(solution.branches)} 个支部。")
        elif solution.status == "feasible":
            self.stdout.write(f"提前结束:{solution.objective},与最优相差不超过 {solution.gap}。")
        elif solution.status == "unknown":
            self.stdout.write("提前结束:有的党组织还没有找到方案。")
        for body in solution.infeasible:
            self.stdout.write(f"无解:{body.words}({body.rule})")


@contextmanager
def _stop_on_signals() -> Iterator[threading.Event]:
    """Set by the first SIGINT or SIGTERM; a second one ends the program.

    A thread of its own hears of them, since a solver at work does not let Python's own handlers run.
    """
    stop, (heard, told) = threading.Event(), os.pipe()
    os.set_blocking(told, False)
    handlers = {number: signal.signal(number, lambda *_: None) for number in (signal.SIGINT, signal.SIGTERM)}
    before = signal.set_wakeup_fd(told, warn_on_full_buffer=False)

    def listen() -> None:
        if os.read(heard, 1):
            stop.set()
        if number := os.read(heard, 1):
            os._exit(128 + number[0])

    listener = threading.Thread(target=listen, daemon=True)
    listener.start()
    try:
        yield stop
    finally:
        signal.set_wakeup_fd(before)
        for number, handler in handlers.items():
            signal.signal(number, handler)
        os.close(told)
        listener.join()
        os.close(heard)


def _write_whole(path: Path, text: str) -> None:
    """The file appears whole or not at all."""
    try:
        with tempfile.NamedTemporaryFile("w", dir=path.resolve().parent, encoding="utf-8", delete=False) as file:
            file.write(text)
        Path(file.name).chmod(0o644)
        Path(file.name).replace(path)
    except OSError as error:
        raise CommandError(f"结果没有写成:{error.strerror}", returncode=2) from error
