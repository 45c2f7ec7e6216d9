"""From the file's data to a `Problem`, or to everything that is wrong with it."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from onebow.cores.structure import shapes
from onebow.cores.structure.choices import read_choices
from onebow.cores.structure.faults import BadInput, Fault
from onebow.cores.structure.problem import FORMAT, Body, Office, Parameters, Person, Problem, Section, Weights
from onebow.cores.structure.shapes import Shapes

TOP: dict[str, shapes.Check] = dict.fromkeys(
    ("as_of", "offices", "distance", "bodies", "sections", "people", "parameters", "fixed", "format"), shapes.anything
)
TOP["as_of"] = shapes.day
NAMED = {"id": shapes.text, "name": shapes.label}
SECTION = {**NAMED, "body": shapes.text}
PERSON = {
    "id": shapes.text,
    "section": shapes.text,
    "office": shapes.text_or_null,
    "member": shapes.standing,
    "branch": shapes.text_or_null,
    "head": shapes.truth,
}
LIMITS = {
    "min_full": shapes.number,
    "max_members": shapes.positive,
    "max_sections": shapes.positive,
    "target": shapes.number,
    "joint_across_bodies": shapes.truth,
}
WEIGHTS = dict.fromkeys(("joint", "split", "office", "distance", "size", "move"), shapes.number)


def read(data: Mapping[str, Any] | bytes) -> Problem:
    """The problem that the data of format `onebow.structure/1` describes.

    Args:
        data: the parsed JSON object, or the bytes of the file (then these bytes are what `input_sha256` is of).
    Returns:
        The problem, everything in the order of ids.
    Raises:
        BadInput: with all faults at once.
    Source:
        The format `onebow.structure/1`, in docs/cores/structure.md.

    >>> read({"format": "onebow.structure/1", "bodies": [], "sections": [], "people": []}).people
    ()
    """
    look, digest = Shapes(), _digest(data)
    top = look.keyed("", _parsed(data), TOP, ("format", "bodies", "sections", "people"))
    if "format" in top and top["format"] != FORMAT:
        look.tell("format", top["format"], f"应为 {FORMAT}")
    offices = _named(look, "offices", top.get("offices", []))
    bodies = _named(look, "bodies", top.get("bodies", []))
    sections = _sections(look, top.get("sections", []), set(bodies))
    parameters = _parameters(look, top.get("parameters", {}))
    people = _people(look, top.get("people", []), set(sections), set(offices))
    distances = _distances(look, top.get("distance", []), set(offices))
    choices = read_choices(look, top.get("fixed", []), sections, across=parameters.joint_across_bodies)
    if look.faults:
        raise BadInput(tuple(look.faults))
    return Problem(
        people=tuple(people[key] for key in sorted(people)),
        sections=tuple(Section(key, *sections[key]) for key in sorted(sections)),
        bodies=tuple(Body(key, bodies[key]) for key in sorted(bodies)),
        offices=tuple(Office(key, offices[key]) for key in sorted(offices)),
        distances=distances,
        parameters=parameters,
        together=choices.together,
        apart=choices.apart,
        as_of=top.get("as_of"),
        input_sha256=digest,
    )


def _digest(data: Mapping[str, Any] | bytes) -> str:
    """Of the bytes as they came, else of the object written in one fixed way."""
    told = data if isinstance(data, bytes) else json.dumps(data, sort_keys=True, separators=(",", ":")).encode()
    return hashlib.sha256(told).hexdigest()


def _parsed(data: Mapping[str, Any] | bytes) -> Any:
    if not isinstance(data, bytes):
        return data

    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) < len(pairs):
            raise ValueError(f"对象中有重复的键:{'、'.join(sorted(key for key, _ in pairs))}")
        return found

    try:
        return json.loads(data.decode("utf-8"), object_pairs_hook=once)
    except (ValueError, RecursionError) as error:
        raise BadInput((Fault("$", None, f"不是 JSON 文件(UTF-8):{error}"),)) from error


def _new(look: Shapes, path: str, key: str, known: Mapping[str, Any]) -> bool:
    if key in known:
        look.tell(f"{path}.id", key, "编号重复")
    return key not in known


def _named(look: Shapes, path: str, value: Any) -> dict[str, str]:
    """Names by id."""
    found: dict[str, str] = {}
    for at, entry in enumerate(look.entries(path, value)):
        sound = look.keyed(f"{path}[{at}]", entry, NAMED, ("id",))
        if "id" in sound and _new(look, f"{path}[{at}]", sound["id"], found):
            found[sound["id"]] = sound.get("name", "")
    return found


def _sections(look: Shapes, value: Any, bodies: set[str]) -> dict[str, tuple[str, str]]:
    """Body and name by id."""
    found: dict[str, tuple[str, str]] = {}
    for at, entry in enumerate(look.entries("sections", value)):
        path = f"sections[{at}]"
        sound = look.keyed(path, entry, SECTION, ("id", "body"))
        if "body" in sound and sound["body"] not in bodies:
            look.tell(f"{path}.body", sound["body"], "没有这个党组织(bodies 中未列出)")
        if "id" in sound and _new(look, path, sound["id"], found):
            found[sound["id"]] = (sound.get("body", ""), sound.get("name", ""))
    return found


def _people(look: Shapes, value: Any, sections: set[str], offices: set[str]) -> dict[str, Person]:
    found: dict[str, Person] = {}
    for at, entry in enumerate(look.entries("people", value)):
        path = f"people[{at}]"
        sound = look.keyed(path, entry, PERSON, ("id", "section", "member"))
        section, office = sound.get("section", ""), sound.get("office")
        if "section" in sound and section not in sections:
            look.tell(f"{path}.section", section, "没有这个科室(sections 中未列出)")
        if office is not None and office not in offices:
            look.tell(f"{path}.office", office, "没有这个办公区(offices 中未列出)")
        if "id" not in sound:
            continue
        key = sound["id"]
        if key in found:
            twice = "同一人列了两次" if found[key].section == section else "同一人在两个科室"
            look.tell(f"{path}.id", key, twice)
            continue
        full = sound.get("member") == "full"
        found[key] = Person(key, section, office, full, sound.get("branch"), sound.get("head", False))
    return found


def _distances(look: Shapes, value: Any, offices: set[str]) -> dict[tuple[str, str], int]:
    found: dict[tuple[str, str], int] = {}
    for at, entry in enumerate(look.entries("distance", value)):
        path = f"distance[{at}]"
        if not (isinstance(entry, list) and len(entry) == 3):
            look.tell(path, entry, "应为 [办公区, 办公区, 公里数]")
            continue
        one, other, far = entry
        reasons = [(0, shapes.text(one)), (1, shapes.text(other)), (2, shapes.number(far))]
        wrong = [(place, reason) for place, reason in reasons if reason]
        wrong += [
            (i, "没有这个办公区(offices 中未列出)") for i in (0, 1) if not reasons[i][1] and entry[i] not in offices
        ]
        for place, reason in wrong:
            look.tell(f"{path}[{place}]", entry[place], reason)
        if wrong:
            continue
        if one == other and far:
            look.tell(f"{path}[2]", far, "同一办公区的距离应为 0")
        elif found.get((one, other), far) != far:
            look.tell(f"{path}[2]", far, f"与前面给出的距离 {found[one, other]} 不一致")
        else:
            found[one, other] = found[other, one] = far
    return found


def _parameters(look: Shapes, value: Any) -> Parameters:
    sound = look.keyed("parameters", value, {**LIMITS, "weights": shapes.anything})
    weights = look.keyed("parameters.weights", sound.pop("weights", {}), WEIGHTS)
    made = Parameters(**sound, weights=Weights(**weights))
    if made.min_full > made.max_members:
        look.tell("parameters.min_full", made.min_full, f"不能大于党员人数上限 max_members({made.max_members})")
    return made
