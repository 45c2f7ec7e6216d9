"""Made-up bodies for the branch structure: sizes as bureaus have them, and shapes that are hard."""

import math
from dataclasses import dataclass
from random import Random
from typing import Any


@dataclass(frozen=True)
class Shape:
    """How large, and of what kind; `spread` is the share of sections in two offices, `small` that of 1 or 2 members."""

    members: int
    sections: int
    offices: int
    bodies: int
    branches: int
    spread: float = 0.25
    small: float = 0.1


def make(shape: Shape, seed: int, **parameters: Any) -> dict[str, Any]:
    """Data of the format onebow.structure/1: today's branches cross the sections and offices of their body."""
    random = Random(seed)
    sizes = section_sizes(shape, random)
    bodies = [f"u{i:04}" for i in range(shape.bodies)]
    offices = [f"o{i}" for i in range(shape.offices)]
    people: list[dict[str, Any]] = []
    sections = []
    for at, size in enumerate(sizes):
        body = at % shape.bodies
        key = f"s{at:05}"
        sections.append({"id": key, "name": f"科室{at}", "body": bodies[body]})
        home = [random.choice(offices)]
        if random.random() < shape.spread and shape.offices > 1:
            home.append(random.choice([office for office in offices if office != home[0]]))
        per_body = max(1, shape.branches // shape.bodies)
        olds = random.sample(range(per_body), min(per_body, 2))
        for place in range(size):
            people.append(
                {
                    "id": f"p{len(people):06}",
                    "section": key,
                    "office": home[0] if random.random() < 0.7 else home[-1],
                    "member": "full" if random.random() < 0.93 else "probationary",
                    "branch": f"b{body}-{olds[0] if random.random() < 0.85 else olds[-1]}",
                    "head": place == 0,
                }
            )
    far = [[a, b, random.choice([2, 4, 6, 9, 15])] for i, a in enumerate(offices) for b in offices[:i]]
    return {
        "format": "onebow.structure/1",
        "as_of": "2019-06-30",
        "offices": [{"id": key, "name": f"办公区{key}"} for key in offices],
        "distance": far,
        "bodies": [{"id": key, "name": f"党总支{key}"} for key in bodies],
        "sections": sections,
        "people": people,
        "parameters": parameters,
        "fixed": [],
    }


def section_sizes(shape: Shape, random: Random) -> list[int]:
    """As many sections as asked for, with as many members in all: a few large, most of 5 to 9, some tiny."""
    small = round(shape.sections * shape.small)
    sizes = [random.choice([1, 2, 2]) for _ in range(small)]
    drawn = [math.exp(random.gauss(0, 0.5)) for _ in range(shape.sections - small)]
    scale = (shape.members - sum(sizes)) / max(sum(drawn), 1)
    sizes += [max(1, round(one * scale)) for one in drawn]
    while (over := sum(sizes) - shape.members) != 0:
        at = random.randrange(len(sizes))
        if over < 0 or sizes[at] > 1:
            sizes[at] += 1 if over < 0 else -1
    random.shuffle(sizes)
    return sizes
