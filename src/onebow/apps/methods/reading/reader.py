"""From the text of a pack to the pack, or to all its faults at once."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from onebow.apps.documents.official.trying import problems_of_body
from onebow.apps.methods.reading.checking import Check, said_by, spelled
from onebow.apps.methods.reading.faults import BadPack, Fault
from onebow.apps.methods.reading.lines import Path, lines_of
from onebow.apps.methods.reading.packs import Pack, made
from onebow.apps.methods.reading.restraint import check_restraint
from onebow.apps.methods.reading.syntax import TOO_DEEP, parsed
from onebow.apps.methods.reading.words import HEAD, SECTIONS, TAKEN, Rule
from onebow.apps.plans.models import PackDocument
from onebow.apps.plans.queries.documents import template_for
from onebow.cores.timekeeping import Terms, check_terms

RULE_ID = re.compile(r"[A-Z]+(?:-[A-Z]+)+")
LONGEST = 200_000
NAMES = dict(PackDocument.Of.choices)
# Checked table by table.
TABLES = Rule("", "tables", needed=False)


@dataclass(frozen=True)
class Known:
    """What lies outside the pack: keys of other packs, what else proves a duty, ids of the rule table."""

    packs: Collection[str] = field(default_factory=frozenset)
    proofs: Collection[str] = field(default_factory=frozenset)
    rules: Collection[str] = field(default_factory=frozenset)
    # Keys of kinds of meetings and of items of other packs, by the word of `document.of`.
    kinds: Mapping[str, Collection[str]] = field(default_factory=dict)


NOTHING_KNOWN = Known()


def read_pack(text: str, known: Known = NOTHING_KNOWN) -> Pack:
    """A pack from its text.

    Raises:
        BadPack: all that is wrong with it.
    """
    if len(text) > LONGEST:
        raise BadPack([Fault(1, "", f"文件过大,不能超过 {LONGEST // 1000} KB。")])
    text = text.removeprefix("\ufeff")
    raw = parsed(text)
    check = Check(_lines(text))
    sections = {name: _rows(check, name, raw.get(name)) for name in SECTIONS}
    check.table((), raw, {**HEAD, **dict.fromkeys(SECTIONS, TABLES)})
    for name, rows in sections.items():
        for path, facts in rows:
            check.table(path, facts, SECTIONS[name].rules)
    _across(check, raw, sections, known)
    if check.faults:
        raise BadPack(check.faults)
    head = {name: value for name, value in raw.items() if name in HEAD and name != "format"}
    gathered: dict[str, Any] = {
        SECTIONS[name].field: tuple(made(SECTIONS[name].row, facts) for _, facts in rows)
        for name, rows in sections.items()
    }
    return Pack(**head | {"requires": tuple(head.get("requires", ()))}, **gathered)


Rows = list[tuple[Path, dict[str, Any]]]


def _lines(text: str) -> dict[Path, int]:
    try:
        return lines_of(text)
    except RecursionError as error:
        raise BadPack([TOO_DEEP]) from error


def _rows(check: Check, name: str, value: Any) -> Rows:
    if value is None:
        return []
    if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
        check.fault((name,), f"应写成 [[{name}]],每项一节")
        return []
    return [((name, place), one) for place, one in enumerate(value)]


def _across(check: Check, raw: dict[str, Any], sections: dict[str, Rows], known: Known) -> None:
    """What one table says of another."""
    for name in ("meeting_kind", "item_kind", "duty", "named_list", "document"):
        check.once([((*path, "key"), facts.get("key")) for path, facts in sections[name]], f"{name} 的编号")
    if raw.get("key") in TAKEN:
        check.fault(("key",), f"{'、'.join(TAKEN)} 不能用作工作法的编号")
    check_restraint(check, raw, sections)
    _requires(check, raw, known)
    _sides(check, sections["item_kind"])
    _kept(check, sections["meeting_kind"])
    _requirements(check, sections)
    _duties(check, sections, known)
    _documents(check, sections, known)


def _requires(check: Check, raw: dict[str, Any], known: Known) -> None:
    wanted = raw.get("requires")
    for place, key in enumerate(wanted if isinstance(wanted, list) else ()):
        if isinstance(key, str) and key == raw.get("key"):
            check.fault(("requires", place), "工作法不能以自己为前提")
        elif isinstance(key, str) and key not in known.packs:
            check.fault(("requires", place), f"没有编号为“{key[:40]}”的工作法")


def _sides(check: Check, kinds: Rows) -> None:
    for path, facts in kinds:
        side, listed = facts.get("side"), facts.get("listed_in")
        if side == "business" and listed in ("meetings", "secretary"):
            check.fault((*path, "listed_in"), f"业务事项只能列入 business(业务项目清单),不能列入党建清单 {listed}")
        if side == "party" and listed == "business":
            check.fault((*path, "listed_in"), "党建事项不能列入业务项目清单;可用 meetings、secretary")
        if side == "party" and facts.get("statutory") is True:
            check.fault((*path, "statutory"), "法定办件是业务事项,党组织不办理")


def _kept(check: Check, kinds: Rows) -> None:
    """A kind whose content is not kept has nothing that content would be needed for."""
    for path, facts in kinds:
        if facts.get("keeps_minutes") is not False:
            continue
        for name in ("passes", "quorum", "study"):
            if facts.get(name):
                check.fault((*path, name), f"不保留内容(keeps_minutes = false)的会议类别不能写 {name}")


def _requirements(check: Check, sections: dict[str, Rows]) -> None:
    kinds = {facts["key"]: facts for _, facts in sections["item_kind"] if isinstance(facts.get("key"), str)}
    stated: list[tuple[Path, Any]] = []
    for path, facts in sections["requirement"]:
        kind, stage = facts.get("kind"), facts.get("stage")
        if not isinstance(kind, str):
            continue
        if kind not in kinds:
            check.fault((*path, "kind"), f"本文件没有事项类别“{kind[:40]}”")
        elif isinstance(stage, str) and stage and stage not in _stages(kinds[kind]):
            check.fault((*path, "stage"), f"事项类别“{kind}”没有阶段“{stage[:40]}”")
        elif facts.get("who") in ("each", "traveller") and not stage:
            check.fault((*path, "who"), "逐人确认的要求要写明在哪个阶段(stage)")
        elif facts.get("who") == "traveller" and kinds[kind].get("trip") is not True:
            check.fault((*path, "who"), f"事项类别“{kind}”不外出(trip),没有外出人员")
        if not stage:
            stated.append(((*path, "category"), f"{kind} 的 {facts.get('category')}"))
    check.once(stated, "对整个事项的要求")


def _stages(kind: dict[str, Any]) -> list[Any]:
    stages = kind.get("stages")
    return [one.get("key") for one in stages if isinstance(one, dict)] if isinstance(stages, list) else []


def _duties(check: Check, sections: dict[str, Rows], known: Known) -> None:
    meetings = {facts.get("key") for _, facts in sections["meeting_kind"] if isinstance(facts.get("key"), str)}
    wrong = {fault.key.partition(".")[0] for fault in check.faults}
    for path, facts in sections["duty"]:
        if spelled(path) not in wrong:
            _terms(check, path, facts)
        proof, basis = facts.get("proof"), facts.get("basis")
        for place, word in enumerate(proof if isinstance(proof, list) else ()):
            if isinstance(word, str) and word not in meetings and word not in known.proofs:
                check.fault((*path, "proof", place), f"没有“{word[:40]}”这样的会议类别或台账事项")
        for word in RULE_ID.findall(basis) if isinstance(basis, str) and known.rules else ():
            if word not in known.rules:
                check.fault((*path, "basis"), f"规则表中没有 {word[:40]}")


def _documents(check: Check, sections: dict[str, Rows], known: Known) -> None:
    wrong = {fault.key.partition(".")[0] for fault in check.faults}
    for path, facts in sections["document"]:
        if spelled(path) in wrong:
            continue
        own = {one.get("key") for _, one in sections.get(f"{facts['of']}_kind", ())}
        for place, word in enumerate(facts.get("kinds", ())):
            if word not in own and word not in known.kinds.get(facts["of"], ()):
                check.fault((*path, "kinds", place), f"没有编号为“{word[:40]}”的{NAMES[facts['of']]}类别")
        template = template_for(facts["of"], facts["name"], facts.get("layout", "plain"), facts["text"])
        for problem in problems_of_body(template):
            check.fault((*path, "text"), problem.reason.rstrip("。"), line=problem.line)


def _terms(check: Check, path: Path, facts: dict[str, Any]) -> None:
    """Recurrence, window and proposed day together; each by itself was looked at before."""
    first, last = facts.get("window") or ("", "")
    terms = Terms(facts["recurrence"], Decimal(facts.get("count", 1)), first, last, facts.get("proposed", ""))
    if reason := said_by(check_terms, terms):
        check.fault((*path, "recurrence"), reason)
