"""Files that the worker makes for one person, with progress: kept for some days, then dropped."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Any, ClassVar, Self, TypeVar

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import models

from onebow.apps.base.files import drop_file, keep_file
from onebow.apps.base.models import File
from onebow.apps.base.progress import Progress, clear_progress, read_progress, write_progress
from onebow.apps.base.transactions import write

INTERRUPTED = "生成中断,没有留下文件。可以重新生成。"
# After so long a batch has been fetched, or never will be.
KEPT = timedelta(days=7)
LARGEST_BYTES = 500_000_000


class Batch(models.Model):
    """批量文书: what was asked for, how far it is, and the files. Each sort of batch is a table of its own."""

    # Begins the name of its progress in the data folder, and names its files.
    PREFIX: ClassVar[str] = ""
    FILES: ClassVar[tuple[str, ...]] = ("archive",)

    class State(models.TextChoices):
        RUNNING = "running", "正在生成"
        DONE = "done", "已生成"
        FAILED = "failed", "未完成"

    state = models.CharField("状态", max_length=7, choices=State, default=State.RUNNING)
    failure = models.CharField("未完成原因", max_length=500, blank=True, default="")
    reason = models.CharField("用途", max_length=200)
    made_at = models.DateTimeField("提交时间", db_index=True)
    done_at = models.DateTimeField("完成时间", null=True)
    # All papers, packed.
    archive = models.ForeignKey("base.File", models.PROTECT, null=True, related_name="+")

    class Meta:
        abstract = True

    @classmethod
    def naming(cls, people: Iterable[int]) -> models.QuerySet[Self]:
        """The batches that may name one of these people."""
        return cls._default_manager.none()

    @property
    def progress_key(self) -> str:
        """The name of its progress in the data folder."""
        return f"{self.PREFIX}-{self.pk}"

    @property
    def is_silent(self) -> bool:
        """Whether the work on it has died: it says that it runs, but nothing was heard for long."""
        progress = read_progress(self.progress_key)
        return progress is None or progress.silent

    @property
    def progress(self) -> Progress:
        """How far it has come."""
        if self.state != self.State.RUNNING:
            return Progress(1, 1, str(self.get_state_display()))
        return read_progress(self.progress_key) or Progress(text="没有收到进度", silent=True)


AnyBatch = TypeVar("AnyBatch", bound=Batch)


def begin(batch: Batch) -> None:
    """Say that it waits."""
    write_progress(batch.progress_key, 0, 0, "正在排队")


def still_running(rows: models.QuerySet[AnyBatch]) -> AnyBatch | None:
    """The one of these that is being made; one that has fallen silent is given up instead."""
    running = rows.filter(state=Batch.State.RUNNING).first()
    if running is None or not running.is_silent:
        return running
    fail(running, INTERRUPTED)
    return None


def fail(batch: Batch, reason: str) -> None:
    """Give it up."""
    clear_progress(batch.progress_key)
    rows = type(batch)._default_manager.filter(pk=batch.pk, state=Batch.State.RUNNING)
    rows.update(state=Batch.State.FAILED, failure=reason[:500])


def teller(batch: Batch, before: int, total: int, text: str) -> Callable[[int, int], None]:
    """Tells how much of several steps is done: what was done before comes first."""
    return lambda done, _: write_progress(batch.progress_key, before + done, total, text)


@write()
def keep(batch: Batch, files: dict[str, tuple[str, bytes]], *, at: datetime) -> None:
    """Keep its files (by column, with their names), unless it was given up meanwhile."""
    row = type(batch)._default_manager.select_for_update().filter(pk=batch.pk, state=Batch.State.RUNNING).first()
    if row is None:
        return
    for column, (name, data) in files.items():
        setattr(row, column, _file(name, data, at))
    row.state, row.done_at = Batch.State.DONE, at
    row.save(update_fields=[*files, "state", "done_at"])


@write()
def drop(batches: models.QuerySet[Any]) -> int:
    """Drop batches with their files. Returns how many."""
    rows = list(batches.select_related(*batches.model.FILES))
    for row in rows:
        clear_progress(row.progress_key)
        files = [getattr(row, column) for column in row.FILES]
        row.delete()
        for file in filter(None, files):
            drop_file(file)
    return len(rows)


def forget(model: type[Batch], *, at: datetime) -> int:
    """Drop the batches of some days ago. Returns how many."""
    return drop(model._default_manager.filter(made_at__lt=at - KEPT))


def drop_naming(people: Iterable[int]) -> None:
    """Drop all batches that may name one of these people: they can be made anew."""
    ids = list(people)
    for model in Batch.__subclasses__():
        drop(model.naming(ids).distinct())


def _file(name: str, data: bytes, at: datetime) -> File:
    return keep_file(SimpleUploadedFile(name, data), at=at, limit_bytes=LARGEST_BYTES)
