"""Any pack reads back, and no damage to its text is more than a fault with a line."""

from contextlib import suppress

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onebow.apps.methods.queries.shelf import known, shipped
from onebow.apps.methods.reading import (
    BadPack,
    Document,
    Duty,
    ItemKind,
    MeetingKind,
    NamedList,
    Pack,
    Requirement,
    Stage,
    read_pack,
    write_pack,
)

KEYS = st.builds(str.__add__, st.sampled_from("az09"), st.text("az09_-", max_size=8))
SIGNS = st.characters(exclude_categories=("Cc", "Cs"))
WORDS = st.text(SIGNS, min_size=1, max_size=20).filter(str.strip)
SOME = {"max_size": 3, "unique_by": lambda row: row.key}
STAGES = st.lists(st.builds(Stage, KEYS, WORDS, st.sampled_from(["", "deploy", "check"])), min_size=1, **SOME)
NUMBERS = st.decimals("0.01", 24, places=2)
MEETINGS = st.builds(
    MeetingKind, KEYS, WORDS, st.sampled_from(["members", "staff"]), st.sampled_from(["party", "both"]),
    st.sampled_from(["", "voters"]), st.booleans(), st.booleans(), NUMBERS, st.booleans(),
)  # fmt: skip
KINDS = st.builds(
    ItemKind, KEYS, WORDS, st.just("business"), st.just("business"), STAGES.map(tuple), st.booleans(), st.just(True)
)
DUTIES = st.builds(
    Duty, KEYS, WORDS, st.just(("branch", "section")), st.sampled_from(["FREQ=YEARLY", "FREQ=YEARLY;INTERVAL=2"]),
    st.sampled_from(["", "groups"]), NUMBERS, st.sampled_from([(), ("10-01", "12-31")]), st.just(""),
    st.sampled_from([(), ("meeting.held", "theme-day")]), st.sampled_from(["times", "hours"]),
    st.sampled_from(["", "条例"]),
)  # fmt: skip
LISTS = st.builds(NamedList, KEYS, WORDS, st.lists(WORDS, max_size=3, unique=True).map(tuple))
BODIES = st.lists(
    st.sampled_from(
        ["@标题 {{ title }}", "{% if title %}好{% endif %}", "it's", "'''", 'say "\\n"', "", "\t# 名", "### {{ unit }}"]
    ),
    min_size=1,
).map("\n".join).filter(str.strip)  # fmt: skip
DOCUMENTS = st.builds(Document, KEYS, WORDS, st.just("item"), BODIES, st.sampled_from(["plain", "sheet"]))


@st.composite
def packs(draw) -> Pack:
    kinds = tuple(draw(st.lists(KINDS, **SOME)))
    places = [(kind.key, stage.key) for kind in kinds for stage in kind.stages]
    chosen = draw(st.lists(st.sampled_from(places), max_size=3)) if places else []
    requirements = [
        Requirement(
            kind, draw(st.sampled_from(["style", "study"])), draw(WORDS), stage,
            draw(st.sampled_from(["owner", "traveller"])),
        )
        for kind, stage in chosen
    ]  # fmt: skip
    return Pack(
        draw(KEYS), draw(WORDS), draw(WORDS), draw(st.sampled_from(["", "来源"])), (),
        tuple(draw(st.lists(MEETINGS, **SOME))), kinds, tuple(requirements), tuple(draw(st.lists(DUTIES, **SOME))),
        tuple(draw(st.lists(LISTS, **SOME))), tuple(draw(st.lists(DOCUMENTS, **SOME))),
    )  # fmt: skip


# The first draw makes a table of all signs, which takes a busy machine seconds.
@settings(suppress_health_check=[HealthCheck.too_slow])
@given(packs())
def test_a_pack_written_out_reads_back_equal(pack):
    assert read_pack(write_pack(pack), known()) == pack


TEXTS = [one.text for one in shipped().values()]
# What a hand slips in: signs of TOML, and what is none of it.
SLIPS = st.one_of(
    st.text(max_size=12),
    st.sampled_from(["[[", "]]", "{", "}", '"""', "'''", "=", "#", "\\", ".", "[duty]", "[[duty]]", "a = 1"])
)  # fmt: skip


@given(st.data())
def test_damage_to_one_line_is_a_fault_with_a_line_or_none(data):
    lines = data.draw(st.sampled_from(TEXTS)).split("\n")
    place = data.draw(st.integers(0, len(lines) - 1))
    at = data.draw(st.integers(0, len(lines[place])))
    until = data.draw(st.integers(at, len(lines[place])))
    lines[place] = lines[place][:at] + data.draw(SLIPS) + lines[place][until:]
    text = "\n".join(lines)
    try:
        pack = read_pack(text, known())
    except BadPack as bad:
        lines_told = [fault.line for fault in bad.faults]
    else:
        assert read_pack(write_pack(pack), known()) == pack
        return
    assert lines_told
    assert all(1 <= line <= len(text.splitlines()) for line in lines_told)


@given(st.text(max_size=80))
def test_any_text_is_a_fault_and_never_a_traceback(text):
    with suppress(BadPack):
        read_pack(text, known())
