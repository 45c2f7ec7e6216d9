"""Checks an answer against the raw input, and finds optima by trying everything; shares nothing with the core."""

from collections import Counter, defaultdict
from itertools import combinations

DEFAULTS = {"min_full": 3, "max_members": 50, "max_sections": 5, "target": 9, "joint_across_bodies": False}
WEIGHTS = {"joint": 20, "split": 40, "office": 15, "distance": 6, "size": 2, "move": 1}


class Question:
    """The raw input, looked up."""

    def __init__(self, data):
        self.people = {person["id"]: person for person in data["people"]}
        self.body = {section["id"]: section["body"] for section in data["sections"]}
        given = data.get("parameters", {})
        self.limits = {**DEFAULTS, **given}
        self.weights = {**WEIGHTS, **given.get("weights", {})}
        self.far = defaultdict(int)
        for a, b, kilometres in data.get("distance", []):
            self.far[a, b] = self.far[b, a] = kilometres
        self.together = [choice["together"] for choice in data.get("fixed", []) if "together" in choice]
        self.apart = [choice["apart"] for choice in data.get("fixed", []) if "apart" in choice]
        self.sections = {person["section"] for person in data["people"]}

    def cells(self):
        """Lists of ids, as the format cuts them."""
        places = defaultdict(list)
        for person in self.people.values():
            places[person["section"], person.get("office")].append(person)
        found = []
        for people in places.values():
            count = -(-len(people) // self.limits["max_members"])
            dealt = sorted(
                people,
                key=lambda p: (p["member"] != "full", p.get("branch") is None, p.get("branch") or "", p["id"]),
            )
            found += [sorted(person["id"] for person in dealt[j::count]) for j in range(count)]
        return found

    def cost(self, members, continues):
        """Of one branch, the weight of split sections not taken off."""
        people = [self.people[key] for key in members]
        sections = {person["section"] for person in people}
        offices = {person.get("office") for person in people}
        far = max(self.far[a, b] for a in offices for b in offices)
        kept = sum(continues is not None and person.get("branch") == continues for person in people)
        w = self.weights
        return (
            w["joint"] * (len(sections) - 1)
            + w["split"] * len(sections)
            + w["office"] * (len(offices) - 1)
            + w["distance"] * far
            + w["size"] * abs(len(people) - self.limits["target"])
            + w["move"] * (len(people) - kept)
        )

    def objective(self, plan):
        """Of pairs (members, continued branch)."""
        return sum(self.cost(*branch) for branch in plan) - self.weights["split"] * len(self.sections)

    def is_legal(self, members):
        """Whether a branch keeps the limits."""
        people = [self.people[key] for key in members]
        sections = {person["section"] for person in people}
        return (
            sum(person["member"] == "full" for person in people) >= self.limits["min_full"]
            and len(people) <= self.limits["max_members"]
            and len(sections) <= self.limits["max_sections"]
            and (self.limits["joint_across_bodies"] or len({self.body[key] for key in sections}) == 1)
            and all(len(sections.intersection(ids)) < 2 for ids in self.apart)
        )

    def keeps_together(self, groups):
        """Whether sections that must stand together do."""
        homes = defaultdict(set)
        for at, members in enumerate(groups):
            for key in members:
                homes[self.people[key]["section"]].add(at)
        return all(len(set().union(*(homes[key] for key in ids))) <= 1 for ids in self.together)


def check(data, answer):
    """Everything that an answer promises."""
    asked = Question(data)
    branches = answer["branches"]
    unserved = {entry["body"] for entry in answer["infeasible"]}
    members = Counter(key for branch in branches for key in branch["members"])
    missing = {key for key, person in asked.people.items() if asked.body[person["section"]] not in unserved}
    if answer["status"] != "infeasible" or not asked.limits["joint_across_bodies"]:
        assert members == Counter(missing)
    cells = asked.cells()
    for branch in branches:
        own = branch["members"]
        assert own == sorted(own)
        assert asked.is_legal(own)
        assert all(set(cell) <= set(own) or not set(cell) & set(own) for cell in cells)
        _check_words(asked, branch)
    assert asked.keeps_together([branch["members"] for branch in branches])
    continued = [branch["continues"] for branch in branches if branch["continues"] is not None]
    assert len(continued) == len(set(continued))
    assert len({branch["id"] for branch in branches}) == len(branches)
    _check_moves(asked, answer)
    order = [(min(asked.body[key] for key in b["sections"]), min(b["sections"])) for b in branches]
    assert order == sorted(order)
    if answer["status"] in ("optimal", "feasible"):
        assert answer["objective"] == asked.objective([(b["members"], b["continues"]) for b in branches])
        assert answer["objective"] == sum(answer["parts"].values())
        assert 0 <= answer["bound"] <= answer["objective"]
        assert (answer["status"] == "optimal") == (answer["bound"] == answer["objective"])
    else:
        assert answer["objective"] is answer["bound"] is None


def _check_words(asked, branch):
    people = [asked.people[key] for key in branch["members"]]
    sections = sorted({person["section"] for person in people})
    full = sum(person["member"] == "full" for person in people)
    size = Counter(person["section"] for person in asked.people.values())
    whole = len(people) == size[sections[0]]
    kind = "joint" if len(sections) > 1 else "section" if whole else "partial"
    heads = [p for p in people if p.get("head") and p["member"] == "full"]
    heads.sort(key=lambda p: (-size[p["section"]], p["id"]))
    assert (branch["sections"], branch["kind"], branch["full"]) == (sections, kind, full)
    assert set(branch["offices"]) == {person.get("office") for person in people}
    assert branch["secretary"] == (heads[0]["id"] if heads else None)
    assert branch["committee"] == (full >= 7)
    assert branch["continues"] in (None, branch["id"])
    assert branch["reasons"]
    assert all(reason["rule"] and reason["words"] for reason in branch["reasons"])


def _check_moves(asked, answer):
    expected = [
        {"person": key, "from": asked.people[key].get("branch"), "to": branch["id"]}
        for branch in answer["branches"]
        for key in branch["members"]
        if asked.people[key].get("branch") != branch["continues"] or branch["continues"] is None
    ]
    assert answer["moves"] == sorted(expected, key=lambda move: move["person"])


def partitions(things):
    """All set partitions of a list."""
    if not things:
        yield []
        return
    first, *rest = things
    for partition in partitions(rest):
        yield [[first], *partition]
        for at, part in enumerate(partition):
            yield [*partition[:at], [first, *part], *partition[at + 1 :]]


def labellings(asked, groups, used=()):
    """All choices of branches to continue that can matter."""
    if not groups:
        yield []
        return
    names = {asked.people[key].get("branch") for key in groups[0]} - {None} - set(used)
    for name in [None, *sorted(names)]:
        for rest in labellings(asked, groups[1:], (*used, name) if name else used):
            yield [name, *rest]


def every_plan(data):
    """(objective, set of branches) of each legal plan, with its best labels."""
    asked = Question(data)
    for partition in partitions(asked.cells()):
        groups = [sorted(key for cell in part for key in cell) for part in partition]
        if all(asked.is_legal(members) for members in groups) and asked.keeps_together(groups):
            best = min(asked.objective(list(zip(groups, names, strict=True))) for names in labellings(asked, groups))
            yield best, {tuple(members) for members in groups}


def can_be_served(data, sections):
    """Whether some disjoint legal branches hold all cells of some sections of one body."""
    asked = Question(data)
    wanted = {key for key, person in asked.people.items() if person["section"] in sections}
    cells = asked.cells()
    for count in range(len(cells) + 1):
        for some in combinations(cells, count):
            if not wanted <= {key for cell in some for key in cell}:
                continue
            for partition in partitions(list(some)):
                groups = [sorted(key for cell in part for key in cell) for part in partition]
                whole = all(_holds_whole(asked, members, groups) for members in groups)
                if whole and all(asked.is_legal(members) for members in groups) and asked.keeps_together(groups):
                    return True
    return False


def _holds_whole(asked, members, groups):
    """Sections that must stand together come whole or not at all."""
    inside = {key for group in groups for key in group}
    for ids in asked.together:
        own = {key for key, person in asked.people.items() if person["section"] in ids}
        if own & set(members) and not own <= inside:
            return False
    return True


def greedy(data):
    """A plan made simply: each section by itself, then the smallest joined to the first that may take it; or None."""
    asked = Question(data)
    groups = defaultdict(list)
    for key, person in sorted(asked.people.items()):
        groups[person["section"]].append(key)
    plan = list(groups.values())
    while poor := [g for g in plan if not asked.is_legal(g)]:
        merged = next(((a, b) for a in poor for b in plan if a is not b and asked.is_legal(a + b)), None)
        if merged is None:
            return None
        plan = [g for g in plan if g is not merged[0] and g is not merged[1]] + [merged[0] + merged[1]]
    return asked.objective([(g, None) for g in plan]) if asked.keeps_together(plan) else None
