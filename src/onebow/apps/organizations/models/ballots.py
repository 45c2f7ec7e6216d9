"""Votes: each ballot as it was counted, and who was elected."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from onebow.apps.base.classification import Data
from onebow.apps.organizations.models.elections import Election, Office
from onebow.apps.organizations.models.people import Person, Post


class Ballot(models.Model):
    """一次投票: one ballot on an office, with its paper as counted."""

    CLASSIFIED = {
        Data.INTERNAL: (
            "election", "office", "round", "body", "seats", "due", "present", "issued", "collected", "void",
            "recorded_by", "recorded_at",
        ),
        Data.PERSONAL: ("struck",),
    }  # fmt: skip

    class Body(models.TextChoices):
        MEETING = "meeting", "党员大会"
        COMMITTEE = "committee", "委员会会议"

    election = models.ForeignKey(Election, models.PROTECT, related_name="ballots")
    office = models.CharField("职务", max_length=9, choices=Office)
    round = models.PositiveSmallIntegerField("轮次")
    body = models.CharField("会议", max_length=9, choices=Body)
    seats = models.PositiveSmallIntegerField("应选名额")
    due = models.PositiveIntegerField("应到")
    present = models.PositiveIntegerField("实到")
    issued = models.PositiveIntegerField("发出选票")
    collected = models.PositiveIntegerField("收回选票")
    void = models.PositiveIntegerField("废票")
    # Why it was struck out: it was typed wrongly. It stays visible and counts no more.
    struck = models.CharField("作废原因", max_length=200, blank=True, default="")
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField("登记时间")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["election", "office", "round"], condition=Q(struck=""), name="ballot_round_once"
            ),
            models.CheckConstraint(
                name="ballot_counts_can_be",
                condition=Q(present__lte=models.F("due"), void__lte=models.F("collected"), seats__gt=0),
            ),
        ]


class BallotLine(models.Model):
    """得票: the votes on one name of a ballot; names written in (另选人) have votes for them alone."""

    CLASSIFIED = {Data.INTERNAL: ("ballot", "is_written_in", "yes", "no", "abstained"), Data.PERSONAL: ("person",)}

    ballot = models.ForeignKey(Ballot, models.PROTECT, related_name="lines")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    is_written_in = models.BooleanField("另选人", default=False)
    yes = models.PositiveIntegerField("赞成", default=0)
    no = models.PositiveIntegerField("不赞成", default=0)
    abstained = models.PositiveIntegerField("弃权", default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["ballot", "person"], name="ballot_line_once")]


class Winner(models.Model):
    """当选人: who was elected to what, with how many votes, and the work that falls to them in the committee."""

    CLASSIFIED = {Data.INTERNAL: ("election", "office", "yes"), Data.PERSONAL: ("person", "role")}

    election = models.ForeignKey(Election, models.PROTECT, related_name="winners")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    office = models.CharField("职务", max_length=9, choices=Office)
    role = models.CharField("分工", max_length=20, choices=Post.Role)
    yes = models.PositiveIntegerField("得票")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["election", "person", "office"], name="winner_once_for_an_office")
        ]
