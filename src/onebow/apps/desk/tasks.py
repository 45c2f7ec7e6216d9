"""What the worker does for the desk. Done twice, nobody is told twice."""

from django.utils import timezone
from django_q.tasks import async_task

from onebow.apps.base.logs import discreet
from onebow.apps.desk.services import sending, telling

SEND = "onebow.apps.desk.tasks.send"


@discreet
def tell() -> int:
    """Look who is to be told now, and send it. Each quarter of an hour, and when the worker starts."""
    told = telling.tell(at=timezone.now(), now=timezone.now)
    async_task(SEND)
    return told


@discreet
def send() -> None:
    """Send what is due; what is left after a minute goes to the end of the queue, behind what others wait for."""
    if sending.send_waiting(at=timezone.now(), now=timezone.now):
        async_task(SEND)
