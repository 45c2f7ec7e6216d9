"""Having the best structure computed, and filling a draft with it."""

import hashlib
import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone
from django_q.tasks import async_task

from onebow.apps.accounts.models import User
from onebow.apps.base.progress import clear_progress, read_progress, write_progress
from onebow.apps.base.refusals import Refused
from onebow.apps.base.transactions import write
from onebow.apps.ledger.services import Event, record
from onebow.apps.organizations import rules
from onebow.apps.organizations.models import Restructuring, StructureRun
from onebow.apps.organizations.queries.reach import authority_of
from onebow.apps.organizations.queries.restructuring.plan import plan_of
from onebow.apps.organizations.queries.restructuring.problem import input_of
from onebow.apps.organizations.rules import restructuring as plan_rules
from onebow.apps.organizations.services.restructuring.drafts import facts_of, seat_members
from onebow.apps.organizations.services.restructuring.filling import fill
from onebow.cores import structure

State = StructureRun.State
TASK = "onebow.apps.organizations.tasks.compute_proposal"
SECONDS = 120
# How often a running computation looks whether somebody stopped it.
LOOK_SECONDS = 1.0
INTERRUPTED = "计算中断,草案没有改动,可以重新计算。"


def progress_key(run_id: int) -> str:
    """The name of a computation's progress in the data folder."""
    return f"structure-{run_id}"


@dataclass(frozen=True)
class Settings:
    """What a proposal rests on: see `Restructuring.parameters` and `choices`."""

    parameters: dict[str, Any]
    choices: dict[str, Any]


@write()
def request_proposal(
    plan_id: int, settings: Settings | None = None, *, by: User | None, at: datetime, queue: bool = True
) -> StructureRun:
    """Read the members of today and have the best structure computed from them.

    Raises:
        Refused: no draft, `by` does not keep the unit, or the members and choices contradict each other.
    """
    plan = Restructuring.objects.select_for_update(of=("self",)).select_related("root", "committee").get(pk=plan_id)
    today = timezone.localdate(at)
    rules.check_can_manage(plan.root, authority_of(by, today))
    plan_rules.check_is_draft(plan)
    if settings is not None:
        plan.parameters, plan.choices = settings.parameters, settings.choices
    _, facts = facts_of(plan, today)
    if not facts.members:
        raise Refused(f"“{plan.root.name}”还没有登记党员,请先导入花名册或登记党员。")
    wanted = dict(plan.seats.values_list("person_id", "planned"))
    rows = {row.pk: row for row in plan.planned.all()}
    seat_members(plan, facts, {person: rows.get(planned) for person, planned in wanted.items()})
    told = input_of(plan_of(plan, today), facts.heads)
    _read(told)
    run = StructureRun.objects.create(root=plan.root, input=told, input_sha256=digest_of(told), made_by=by, made_at=at)
    plan.run, plan.updated_at, plan.version = run, at, plan.version + 1
    plan.save(update_fields=["parameters", "choices", "run", "updated_at", "version"])
    record(
        Event("restructuring.proposed", plan.root_id, source=plan, data={"run": run.pk}),
        by_id=by.pk if by else None,
        at=at,
    )
    write_progress(progress_key(run.pk), 0, 0, "正在排队")
    if queue:
        async_task(TASK, plan.pk, run.pk)
    return run


def digest_of(told: dict[str, Any]) -> str:
    """Equal inputs bear equal digests, in whatever order their keys came."""
    text = json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _read(told: dict[str, Any]) -> structure.Problem:
    try:
        return structure.read(told)
    except structure.BadInput as bad:
        raise Refused(f"不能计算:{';'.join(fault.reason for fault in bad.faults[:3])}。") from bad


def compute(plan_id: int, run_id: int, *, now: Callable[[], datetime], seconds: float = SECONDS) -> None:
    """Compute a run and fill the draft; delivered twice it does nothing the second time."""
    run = StructureRun.objects.select_related("made_by").get(pk=run_id)
    if run.state != State.RUNNING:
        return
    tell = _teller(run_id)
    tell(0, 1)
    began = time.monotonic()
    try:
        problem = structure.read(run.input)
        solution = structure.solve(problem, time_limit=seconds, explain=True, tell=tell, stopped=_stopper(run_id))
        took = time.monotonic() - began
        _keep(plan_id, run, structure.write(solution, seconds=took, explain=True), at=now())
    except Exception:
        _fail(run_id, INTERRUPTED)
        raise
    _forget_progress(run_id)


@write()
def _keep(plan_id: int, run: StructureRun, output: dict[str, Any], *, at: datetime) -> None:
    """Keep the answer; the draft takes it unless it was changed, submitted or given up meanwhile."""
    plan = Restructuring.objects.select_for_update(of=("self",)).select_related("root", "committee").get(pk=plan_id)
    run.state, run.output, run.done_at = State.DONE, output, at
    run.version, run.seconds = str(output["version"]), output["seconds"]
    run.save(update_fields=["state", "output", "done_at", "version", "seconds"])
    # A change by hand moves the plan's time on.
    if not plan.is_draft or plan.run_id != run.pk or plan.updated_at != run.made_at:
        return
    _, facts = facts_of(plan, timezone.localdate(at))
    fill(plan, output, facts)
    Restructuring.objects.filter(pk=plan_id).update(
        origin=Restructuring.Origin.PROPOSED, updated_at=at, version=plan.version + 1
    )
    event = Event("restructuring.changed", plan.root_id, source=plan, data={"what": "推荐方案"})
    record(event, by_id=run.made_by_id, at=at)


@write()
def stop_proposal(plan_id: int, *, by: User, at: datetime) -> None:
    """End a running computation: the best structure found so far is taken.

    Raises:
        Refused: `by` does not keep the unit, or nothing is being computed.
    """
    plan = Restructuring.objects.select_related("root", "run").get(pk=plan_id)
    rules.check_can_manage(plan.root, authority_of(by, timezone.localdate(at)))
    if plan.run is None or plan.run.state != State.RUNNING:
        raise Refused("现在没有正在进行的计算。")
    if is_silent(plan.run):
        _fail(plan.run.pk, INTERRUPTED)
    else:
        write_progress(_stop_key(plan.run.pk), 1, 1, "停止")


def is_silent(run: StructureRun) -> bool:
    """Whether a computation has died: it says that it runs, but nothing was heard for long."""
    progress = read_progress(progress_key(run.pk))
    return progress is None or progress.silent


def _fail(run_id: int, reason: str) -> None:
    _forget_progress(run_id)
    StructureRun.objects.filter(pk=run_id, state=State.RUNNING).update(state=State.FAILED, failure=reason)


def _stop_key(run_id: int) -> str:
    return f"{progress_key(run_id)}-stop"


def _forget_progress(run_id: int) -> None:
    clear_progress(progress_key(run_id))
    clear_progress(_stop_key(run_id))


def _teller(run_id: int) -> Callable[[int, int], None]:
    return lambda done, total: write_progress(progress_key(run_id), done, total, "正在计算推荐方案")


def _stopper(run_id: int) -> Callable[[], bool]:
    """Whether somebody asked to stop; while asked it also says that the work is alive."""
    last, stop = [0.0], _stop_key(run_id)

    def stopped() -> bool:
        if time.monotonic() - last[0] < LOOK_SECONDS:
            return False
        last[0] = time.monotonic()
        progress = read_progress(progress_key(run_id))
        if progress:
            write_progress(progress_key(run_id), progress.done, progress.total, progress.text)
        return read_progress(stop) is not None

    return stopped
