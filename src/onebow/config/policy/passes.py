"""Doors, and who may pass them, in the words of the other files of this folder."""

from dataclasses import dataclass
from enum import IntEnum


class Near(IntEnum):
    """How near a person stands to a thing, or must stand; each includes those before it."""

    SELF = 1  # the thing is the person's own record
    OWN = 2  # the person belongs to the organization today
    SUBTREE = 3  # at or below what an officer keeps, a secretary or a head leads
    ANY = 4  # there is no thing behind the door, or any will do


@dataclass(frozen=True)
class Pass:
    """Who may pass: `anyone`, `signed_in`, an office, a role, or the `machine` (its operator or worker)."""

    who: str
    near: Near = Near.ANY


@dataclass(frozen=True)
class Door:
    """门: one way in. Methods are empty for commands and tasks."""

    kind: str
    name: str
    methods: tuple[str, ...]
    passes: tuple[Pass, ...]


Passes = tuple[Pass, ...]


def url(name: str, methods: str, passes: Passes) -> Door:
    """An address by its URL name ("app:name") and methods ("GET POST"; HEAD comes with GET)."""
    return Door("url", name, tuple(methods.split()), passes)


def command(name: str) -> Door:
    """A command of ours: whoever may start a program on the machine may run it."""
    return Door("command", name, (), MACHINE)


def task(path: str) -> Door:
    """A function that the background worker runs, by its dotted path; only our services queue it."""
    return Door("task", path, (), MACHINE)


# Who, in the words of the lines below.
MACHINE: Passes = (Pass("machine"),)
ANYONE: Passes = (Pass("anyone"),)
SIGNED_IN: Passes = (Pass("signed_in"),)
SYSTEM: Passes = (Pass("system"),)
SECURITY: Passes = (Pass("security"),)
AUDIT: Passes = (Pass("audit"),)
# 党务干部: writes in what it keeps.
OFFICERS: Passes = (Pass("officer", Near.SUBTREE),)
# 书记、行政负责人: read what they lead.
LEADERS: Passes = (Pass("secretary", Near.SUBTREE), Pass("unit_head", Near.SUBTREE))
# 党员、职工: read the organizations they belong to ...
MATES: Passes = (Pass("member", Near.OWN), Pass("staff", Near.OWN))
# ... and their own record.
ONESELF: Passes = (Pass("member", Near.SELF), Pass("staff", Near.SELF))
# Holders of a grant for a narrow task; they have a desk and no more until their app gives them a door.
GUESTS: Passes = (Pass("handler"), Pass("reviewer"), Pass("dispatched"), Pass("liaison"))
# Whoever has a role, that is: nobody who is an administrator.
PEOPLE: Passes = OFFICERS + LEADERS + MATES + GUESTS
# The same before what is everybody's own: no thing of another one's stands behind it.
ANY_ROLE: Passes = tuple(Pass(one.who) for one in PEOPLE)
# An organization's page and the lists of organizations.
ORGANIZATION_READERS: Passes = OFFICERS + LEADERS + MATES
# What the checks find, in what one keeps or leads.
FINDING_READERS: Passes = OFFICERS + LEADERS
# Plans of restructuring: of what an officer keeps, and those handed in, of what a leader leads as a whole.
PLAN_READERS: Passes = OFFICERS + LEADERS
# Who prepares, records and decides on elections: officers, and secretaries of the organization or of its superior.
RUNNERS: Passes = (*OFFICERS, Pass("secretary", Near.SUBTREE))
MEMBERS: Passes = (Pass("member", Near.OWN),)
# The person alone, whatever makes them one of ours.
ONLY_ONESELF: Passes = (*ONESELF, Pass("secretary", Near.SELF), Pass("unit_head", Near.SELF))
# What proves the ledger: sizes and hashes, no content.
PROVERS: Passes = (*AUDIT, Pass("officer"))
# A person's page and the lists of people.
PERSON_READERS: Passes = OFFICERS + LEADERS + ONESELF
