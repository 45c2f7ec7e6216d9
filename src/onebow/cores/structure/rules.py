"""Ids of the rules that reasons and breaches name: those of the regulations' table where it has one."""

MEMBER = "MBR-BRANCH"
MIN_FULL = "BR-FOUND-MIN"
MAX_MEMBERS = "BR-SIZE-MAX"
MAX_SECTIONS = "BR-JOINT-UNITS"
COMMITTEE = "BR-COMMITTEE"
# One branch on each section is the form of the method 支部+科室.
ONE_SECTION = "M5-ONE-SECTION"
ONE_BODY = "M5-ONE-BODY"
ONE_OFFICE = "M5-ONE-OFFICE"
SIZE = "M5-SIZE"
CONTINUED = "M5-CONTINUED"
CHEAPEST = "M5-CHEAPEST"
TOGETHER = "FIXED-TOGETHER"
APART = "FIXED-APART"
# No rule: the time was up.
TIME = "TIME"
