"""Elections: who is to be elected, who stands, and where it has got to. The votes are in `ballots`."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from onebow.apps.base.classification import Data
from onebow.apps.base.models import Stamped
from onebow.apps.organizations.models.organizations import Organization
from onebow.apps.organizations.models.people import Person


class Office(models.TextChoices):
    """What one is elected to."""

    MEMBER = "member", "委员"
    SECRETARY = "secretary", "书记"
    DEPUTY = "deputy", "副书记"


class Election(Stamped):
    """选举: the election of the secretary, and where it has one of the committee, of a Party organization."""

    CLASSIFIED = {
        Data.INTERNAL: (
            "organization", "superior", "occasion", "manner", "seats", "secretaries", "deputies", "state", "held_on",
            "given_up", "agreed", "made_by", "asked_by", "asked_at", "candidates_approval", "result_approval",
            "former_term", "term_ends_on", "finished_at", "version",
        ),
        # Why it was cancelled or returned may speak of a person.
        Data.PERSONAL: ("chair", "note"),
    }  # fmt: skip

    class Occasion(models.TextChoices):
        FOUNDING = "founding", "成立选举"
        TERM = "term", "换届选举"
        VACANCY = "vacancy", "补选"

    class Manner(models.TextChoices):
        COMMITTEE = "committee", "党员大会选委员,委员会选书记"
        DIRECT = "direct", "党员大会直接选书记"

    class State(models.TextChoices):
        PREPARING = "preparing", "筹备"
        SUBMITTED = "submitted", "候选人待批"
        APPROVED = "approved", "候选人已批"
        HELD = "held", "已选举,待批复"
        FINISHED = "finished", "已完成"
        CANCELLED = "cancelled", "已取消"

    # Those that still go on; an organization has one of them at most.
    OPEN = (State.PREPARING, State.SUBMITTED, State.APPROVED, State.HELD)
    KINDS = (
        Organization.Kind.BRANCH,
        Organization.Kind.JOINT_BRANCH,
        Organization.Kind.GENERAL_BRANCH,
        Organization.Kind.PARTY_COMMITTEE,
        Organization.Kind.ORGAN_COMMITTEE,
    )

    organization = models.ForeignKey(Organization, models.PROTECT, related_name="elections")
    # What stood above when it was begun, and approves. Without one, only a paper can approve.
    superior = models.ForeignKey(Organization, models.PROTECT, null=True, related_name="elections_approved")
    occasion = models.CharField("事由", max_length=8, choices=Occasion)
    manner = models.CharField("方式", max_length=9, choices=Manner)
    seats = models.PositiveSmallIntegerField("委员名额", default=0)
    secretaries = models.PositiveSmallIntegerField("书记名额", default=1)
    deputies = models.PositiveSmallIntegerField("副书记名额", default=0)
    state = models.CharField("状态", max_length=9, choices=State, default=State.PREPARING, db_index=True)
    # Planned until a ballot is recorded, then the day on which it was held.
    held_on = models.DateField("选举日期")
    chair = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    # Seats that the meeting gave up because too few were elected, and how many agreed to it.
    given_up = models.PositiveSmallIntegerField("减少的名额", default=0)
    agreed = models.PositiveIntegerField("同意减少名额的人数", null=True, blank=True)
    note = models.CharField("退回或取消的原因", max_length=500, blank=True, default="")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    # Who handed in the candidates, then the result; never the one who decides.
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    asked_at = models.DateTimeField("报批时间", null=True, blank=True)
    candidates_approval = models.ForeignKey("Approval", models.PROTECT, null=True, blank=True, related_name="+")
    result_approval = models.ForeignKey("Approval", models.PROTECT, null=True, blank=True, related_name="+")
    # What it brought: the end of the term.
    former_term = models.ForeignKey("FormerTerm", models.PROTECT, null=True, blank=True, related_name="+")
    term_ends_on = models.DateField("届满日期", null=True, blank=True)
    finished_at = models.DateTimeField("完成时间", null=True, blank=True)
    version = models.PositiveIntegerField("版本", default=1, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organization"],
                condition=Q(state__in=["preparing", "submitted", "approved", "held"]),
                name="election_one_open",
            ),
            models.CheckConstraint(
                name="election_finished_says_when_and_by_what",
                condition=Q(state="finished", finished_at__isnull=False, result_approval__isnull=False)
                | (~Q(state="finished") & Q(finished_at__isnull=True)),
            ),
            models.CheckConstraint(
                name="election_goes_on_with_approved_candidates",
                condition=~Q(state__in=["approved", "held", "finished"]) | Q(candidates_approval__isnull=False),
            ),
            models.CheckConstraint(
                name="election_elects_somebody", condition=Q(seats__gt=0) | Q(secretaries__gt=0) | Q(deputies__gt=0)
            ),
            models.CheckConstraint(name="election_seats_by_manner", condition=Q(manner="committee") | Q(seats=0)),
        ]

    def __str__(self) -> str:
        return f"{self.organization.name}{self.get_occasion_display()}"

    @property
    def is_open(self) -> bool:
        """Whether it still goes on."""
        return self.state in self.OPEN

    @property
    def has_committee(self) -> bool:
        """Whether a committee elects the secretary."""
        return self.manner == self.Manner.COMMITTEE

    @property
    def is_vacancy(self) -> bool:
        """Whether only what is vacant is filled: the term goes on."""
        return self.occasion == self.Occasion.VACANCY

    def seats_of(self, office: str) -> int:
        """How many are to be elected to an office."""
        return {Office.MEMBER: self.seats, Office.SECRETARY: self.secretaries, Office.DEPUTY: self.deputies}[
            Office(office)
        ]


class Candidate(models.Model):
    """候选人预备人选: somebody who stands for an office, and why."""

    CLASSIFIED = {Data.INTERNAL: ("election", "office"), Data.PERSONAL: ("person", "reason")}

    election = models.ForeignKey(Election, models.PROTECT, related_name="candidates")
    person = models.ForeignKey(Person, models.PROTECT, related_name="candidacies")
    office = models.CharField("职务", max_length=9, choices=Office)
    reason = models.CharField("提名理由", max_length=200, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["election", "person", "office"], name="candidate_once_for_an_office")
        ]


class Helper(models.Model):
    """监票人、计票人: somebody who watches or counts the votes."""

    CLASSIFIED = {Data.INTERNAL: ("election", "part"), Data.PERSONAL: ("person",)}

    class Part(models.TextChoices):
        SCRUTINEER = "scrutineer", "监票人"
        TELLER = "teller", "计票人"

    election = models.ForeignKey(Election, models.PROTECT, related_name="helpers")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    part = models.CharField("分工", max_length=10, choices=Part)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["election", "person"], name="helper_once_in_an_election")]


class Absence(models.Model):
    """不计入应到: a full member who is not counted among those who should attend, and for which of the reasons."""

    CLASSIFIED = {Data.INTERNAL: ("election",), Data.PERSONAL: ("person", "why")}

    class Why(models.TextChoices):
        """Words of the regulations; not compared with the text (条款待核)."""

        PROBATION = "probation", "受留党察看处分"
        DETAINED = "detained", "被留置、拘留或逮捕"
        SPEECHLESS = "speechless", "患病不能表达本人意志"
        ABROAD = "abroad", "自费出国半年以上"
        SENTENCED = "sentenced", "正在服刑"
        BEDRIDDEN = "bedridden", "年老体弱卧床不起"
        AWAY = "away", "外出半年以上,按规定应转走组织关系而没有转"

    election = models.ForeignKey(Election, models.PROTECT, related_name="absences")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    why = models.CharField("原因", max_length=10, choices=Why)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["election", "person"], name="absence_once_in_an_election")]
