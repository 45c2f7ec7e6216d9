"""Small made-up inputs for the tests."""

from hypothesis import strategies as st


def person(key, section, office=None, **more):
    """One member."""
    return {"id": key, "section": section, "office": office, "member": "full", "branch": None, "head": False, **more}


def make(people, sections=None, *, fixed=(), offices=("o1", "o2"), far=6, **parameters):
    """An input; `sections` holds the body of each section, u1 where it says nothing."""
    names = sorted({one["section"] for one in people} | set(sections or {}))
    bodies = {name: (sections or {}).get(name, "u1") for name in names}
    return {
        "format": "onebow.structure/1",
        "as_of": "2019-06-30",
        "offices": [{"id": office, "name": f"{office}院"} for office in offices],
        "distance": [[offices[0], offices[1], far]] if len(offices) > 1 else [],
        "bodies": [{"id": body, "name": f"{body}总支"} for body in sorted({"u1", *bodies.values()})],
        "sections": [{"id": name, "name": f"{name}科", "body": body} for name, body in bodies.items()],
        "people": people,
        "parameters": parameters,
        "fixed": list(fixed),
    }


@st.composite
def inputs(draw, cells=6, bodies=2):
    """Random inputs of a few cells, with every kind of rule now and then."""
    sections = {f"s{i}": f"u{draw(st.integers(1, bodies))}" for i in range(draw(st.integers(1, 4)))}
    people = []
    for _ in range(draw(st.integers(1, cells))):
        section, office = draw(st.sampled_from(sorted(sections))), draw(st.sampled_from(["o1", "o2", None]))
        branch = draw(st.sampled_from([None, "b1", "b2", "b3"]))
        for _ in range(draw(st.integers(1, 4))):
            more = {"branch": branch, "member": draw(st.sampled_from(["full", "full", "full", "probationary"]))}
            people.append(person(f"p{len(people):02}", section, office, **more))
    few = st.integers(0, 3)
    weights = {key: draw(few) for key in draw(st.sets(st.sampled_from(["joint", "split", "size", "move", "office"])))}
    parameters = {
        "min_full": draw(st.integers(0, 3)),
        "max_members": draw(st.sampled_from([3, 6, 9, 50])),
        "max_sections": draw(st.integers(1, 5)),
        "target": draw(st.integers(0, 9)),
        "joint_across_bodies": draw(st.booleans()),
        "weights": weights,
    }
    fixed = []
    if len(sections) > 1 and draw(st.booleans()):
        pair = sorted(draw(st.sets(st.sampled_from(sorted(sections)), min_size=2, max_size=2)))
        kind = draw(st.sampled_from(["together", "apart"]))
        same = len({sections[key] for key in pair}) == 1 or parameters["joint_across_bodies"]
        if kind == "apart" or same:
            fixed.append({kind: pair})
    return make(people, sections, fixed=fixed, **parameters)
