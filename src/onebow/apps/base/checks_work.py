"""Checks of the background worker."""

from collections.abc import Iterator
from datetime import timedelta

from django.utils import timezone
from django_q.models import Failure, OrmQ
from django_q.status import Stat

# A long import runs for a quarter of an hour at most; what waits longer waits for nobody.
PATIENCE = timedelta(minutes=20)


def worker_faults() -> Iterator[str]:
    """A worker is alive (it says so every half second), nothing waits for long, and nothing failed today."""
    now = timezone.now()
    if not Stat.get_all():
        yield "后台任务没有运行:导入、定时任务都不会执行。请启动 onebow work(systemctl start onebow-work)。"
    if waiting := OrmQ.objects.filter(lock__lt=now - PATIENCE).count():
        yield f"有 {waiting} 项后台任务等了 20 分钟以上。请查看 onebow work 的日志,必要时重新启动它。"
    names = Failure.objects.filter(stopped__gt=now - timedelta(days=1)).values_list("func", flat=True).distinct()
    if failed := sorted(names.order_by("func")):
        yield f"近一天有后台任务失败:{'、'.join(failed)}。请查看 onebow work 的日志。"
