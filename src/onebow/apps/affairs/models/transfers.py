"""Transfers of the membership relation."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from onebow.apps.base.classification import Data
from onebow.apps.base.erasing import OnErasure
from onebow.apps.base.models import Stamped
from onebow.apps.organizations.models import Membership, Organization, Person


class Transfer(Stamped):
    """组织关系转接: a letter by which a relation goes to another branch; it moves nobody before the receipt."""

    CLASSIFIED = {
        Data.NONE: ("version",),
        Data.INTERNAL: (
            "direction", "source", "target", "issuer", "number", "issued_on", "valid_until", "made_by",
        ),
        Data.PERSONAL: (
            "person", "elsewhere", "committee", "valid_basis", "reason", "paid_until", "state", "received_on",
            "receiver", "answered_on", "ended_on", "end_reason", "membership",
        ),
    }  # fmt: skip

    # The letter stays as the branch wrote it: number, days, our sides, what became of it. Where the person went goes,
    # and all that somebody typed.
    ON_ERASURE = OnErasure(
        clears=dict.fromkeys(("elsewhere", "committee", "valid_basis", "receiver", "end_reason"), ""),
        unsettled={"state": "issued"},
        told="还有没有办结的组织关系介绍信,请先登记接收或结束,再删除个人信息。",
    )

    class Direction(models.TextChoices):
        OUT = "out", "转出"
        IN = "in", "转入"
        WITHIN = "within", "内部调整"

    class Reason(models.TextChoices):
        WORK = "work", "工作调动"
        RETIREMENT = "retirement", "退休"
        STUDY = "study", "学习"
        RESIDENCE = "residence", "居住地变动"
        OTHER = "other", "其他"

    class State(models.TextChoices):
        ISSUED = "issued", "待回执"
        RECEIVED = "received", "已接收"
        WITHDRAWN = "withdrawn", "已撤回"
        RETURNED = "returned", "已退回"
        LAPSED = "lapsed", "已失效"

    ENDED = (State.WITHDRAWN, State.RETURNED, State.LAPSED)

    person = models.ForeignKey(Person, models.PROTECT, related_name="transfers")
    direction = models.CharField("方向", max_length=6, choices=Direction)
    # Branches of ours; the side that is none of ours is named in words.
    source = models.ForeignKey(
        Organization, models.PROTECT, null=True, blank=True, related_name="transfers_out", verbose_name="转出组织"
    )
    target = models.ForeignKey(
        Organization, models.PROTECT, null=True, blank=True, related_name="transfers_in", verbose_name="转入组织"
    )
    elsewhere = models.CharField("对方党支部", max_length=100, blank=True, default="")
    committee = models.CharField("对方党委", max_length=100, blank=True, default="")
    # The committee of ours that writes the letter; of an incoming one nobody here.
    issuer = models.ForeignKey(
        Organization, models.PROTECT, null=True, blank=True, related_name="letters", verbose_name="开具组织"
    )
    number = models.CharField("介绍信编号", max_length=40)
    issued_on = models.DateField("开具日期")
    valid_until = models.DateField("有效期至")
    # Why it is valid for longer than the rule says.
    valid_basis = models.CharField("有效期说明", max_length=100, blank=True, default="")
    reason = models.CharField("转接原因", max_length=10, choices=Reason)
    # The first day of the month.
    paid_until = models.DateField("党费交至", null=True, blank=True)
    state = models.CharField("状态", max_length=9, choices=State, default=State.ISSUED)
    received_on = models.DateField("接收日期", null=True, blank=True)
    receiver = models.CharField("接收经办", max_length=60, blank=True, default="")
    # When our receipt went back to where an incoming member came from.
    answered_on = models.DateField("回执寄回日期", null=True, blank=True)
    ended_on = models.DateField("结束日期", null=True, blank=True)
    end_reason = models.CharField("结束说明", max_length=200, blank=True, default="")
    # What the receipt ended (out) or began (in, within).
    membership = models.ForeignKey(Membership, models.SET_NULL, null=True, blank=True, related_name="+")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    version = models.PositiveIntegerField("版本", default=1, editable=False)

    class Meta:
        indexes = [models.Index(fields=["source", "state"]), models.Index(fields=["target", "state"])]
        constraints = [
            models.UniqueConstraint(fields=["person"], condition=Q(state="issued"), name="transfer_one_open"),
            models.UniqueConstraint(
                fields=["issuer", "number"], condition=Q(issuer__isnull=False), name="transfer_number_once"
            ),
            models.CheckConstraint(
                name="transfer_is_valid_for_a_while", condition=Q(valid_until__gt=models.F("issued_on"))
            ),
            models.CheckConstraint(
                name="transfer_sides_fit_its_direction",
                condition=Q(direction="out", source__isnull=False, target__isnull=True)
                | Q(direction="in", source__isnull=True, target__isnull=False)
                | Q(direction="within", source__isnull=False, target__isnull=False),
            ),
            models.CheckConstraint(
                name="transfer_received_says_when",
                condition=Q(state="received", received_on__isnull=False)
                | (~Q(state="received") & Q(received_on__isnull=True)),
            ),
            models.CheckConstraint(
                name="transfer_ended_says_when",
                condition=Q(state__in=["issued", "received"], ended_on__isnull=True)
                | Q(state__in=["withdrawn", "returned", "lapsed"], ended_on__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person.name}{self.get_direction_display()}({self.number})"

    @property
    def valid_days(self) -> int:
        """For how many days the letter is good; the first one is the day after it was written."""
        return (self.valid_until - self.issued_on).days

    @property
    def is_open(self) -> bool:
        """Whether it waits for the receipt."""
        return self.state == self.State.ISSUED

    @property
    def from_words(self) -> str:
        """The side that lets go."""
        return self.source.name if self.source else self._other()

    @property
    def to_words(self) -> str:
        """The side that takes in."""
        return self.target.name if self.target else self._other()

    def _other(self) -> str:
        return " ".join(part for part in (self.committee, self.elsewhere) if part)
