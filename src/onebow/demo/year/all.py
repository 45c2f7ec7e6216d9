"""A bureau with its year."""

from datetime import date

from onebow.demo.story import Story
from onebow.demo.year.bow import bow
from onebow.demo.year.burden import burden
from onebow.demo.year.checks import checks
from onebow.demo.year.dues import dues
from onebow.demo.year.items import items
from onebow.demo.year.load import load
from onebow.demo.year.meetings import meetings
from onebow.demo.year.notices import notices
from onebow.demo.year.registers import registers
from onebow.demo.year.risk_list import risk_list
from onebow.demo.year.risks import risks
from onebow.demo.year.talks import talks
from onebow.demo.year.telling import Year, ending, opening
from onebow.demo.year.transfers import transfers


def tell_year(story: Story, today: date) -> Year:
    """Tell the structure and the year in one, in the order of the days. Returns the year."""
    year = Year(story, today)
    # What is asked for is in place before anything is planned or held.
    deeds = (
        *opening(year),
        *registers(year),
        *items(year),
        *load(year),
        *bow(year),
        *meetings(year),
        *talks(year),
        *risks(year),
        *risk_list(year),
        *checks(year),
        *transfers(year),
        *dues(year),
        *notices(year),
        *ending(year),
        *burden(year),
    )
    story.tell(deeds)
    return year
