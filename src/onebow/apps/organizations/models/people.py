"""People, where they belong and what posts they hold."""

from datetime import date
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q

from onebow.apps.base.classification import Data
from onebow.apps.base.fields import SealedText
from onebow.apps.base.models import Dated, DatedQuerySet, Stamped
from onebow.apps.organizations.models.links import Place
from onebow.apps.organizations.models.organizations import Organization


class Person(Stamped):
    """人员: one human being within one root unit."""

    CLASSIFIED = {
        Data.NONE: ("version", "born_precision", "joined_precision", "full_precision"),
        Data.INTERNAL: ("root", "merged_into", "erased_on"),
        Data.PERSONAL: (
            "user", "name", "pinyin", "initials", "sex", "born_on", "standing", "joined_on", "full_on", "note",
        ),
        Data.SENSITIVE: ("id_number", "id_index", "phone", "phone_index"),
    }  # fmt: skip

    class Sex(models.TextChoices):
        UNKNOWN = "", "未填"
        FEMALE = "female", "女"
        MALE = "male", "男"

    class Standing(models.TextChoices):
        """政治面貌, as registered."""

        UNKNOWN = "", "未填"
        MASSES = "masses", "群众"
        LEAGUE_MEMBER = "league_member", "共青团员"
        OTHER_PARTY = "other_party", "民主党派或无党派"
        APPLICANT = "applicant", "入党申请人"
        ACTIVIST = "activist", "入党积极分子"
        CANDIDATE = "candidate", "发展对象"
        PROBATIONARY_MEMBER = "probationary_member", "中共预备党员"
        FULL_MEMBER = "full_member", "中共党员"

    class Precision(models.TextChoices):
        DAY = "day", "日"
        MONTH = "month", "月"
        YEAR = "year", "年"

    MEMBERS = (Standing.PROBATIONARY_MEMBER, Standing.FULL_MEMBER)

    # The unit that keeps the person's record. Identity is decided within it, never across units.
    root = models.ForeignKey(Organization, models.PROTECT, related_name="people", db_index=False)
    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="person")
    name = models.CharField("姓名", max_length=60)
    pinyin = models.CharField("拼音", max_length=240, default="", editable=False)
    initials = models.CharField("拼音首字母", max_length=60, default="", editable=False)
    sex = models.CharField("性别", max_length=6, choices=Sex, blank=True, default="")
    id_number = SealedText("公民身份号码")
    id_index = models.CharField("身份号码索引", max_length=32, blank=True, default="", editable=False)
    phone = SealedText("手机号码")
    phone_index = models.CharField("手机号码索引", max_length=32, blank=True, default="", editable=False)
    # The month's or year's last day where only that is known; see the precision beside it.
    born_on = models.DateField("出生日期", null=True, blank=True)
    born_precision = models.CharField("出生日期精度", max_length=5, choices=Precision, default=Precision.DAY)
    standing = models.CharField("政治面貌", max_length=20, choices=Standing, blank=True, default="")
    joined_on = models.DateField("入党时间", null=True, blank=True)
    joined_precision = models.CharField("入党时间精度", max_length=5, choices=Precision, default=Precision.DAY)
    full_on = models.DateField("转正时间", null=True, blank=True)
    full_precision = models.CharField("转正时间精度", max_length=5, choices=Precision, default=Precision.DAY)
    note = models.CharField("备注", max_length=200, blank=True, default="")
    # Without an index of its own: nearly every row has the same empty value, and planners would fall for it.
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="merged", db_index=False
    )
    # Since then nothing here names anybody; the number stays for what was done.
    erased_on = models.DateField("个人信息删除日期", null=True, blank=True, editable=False)
    version = models.PositiveIntegerField("版本", default=1, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["root", "id_index"],
                condition=~Q(id_index="") & Q(merged_into__isnull=True),
                name="person_id_once_in_a_unit",
            ),
        ]
        # Every list and search leaves merged records out and begins with the roots that one may see.
        indexes = [
            models.Index(fields=["root", "name"], condition=Q(merged_into__isnull=True), name="person_by_name"),
            models.Index(fields=["root", "initials"], condition=Q(merged_into__isnull=True), name="person_by_initials"),
            models.Index(fields=["root", "pinyin"], condition=Q(merged_into__isnull=True), name="person_by_pinyin"),
            models.Index(fields=["root", "standing"], condition=Q(merged_into__isnull=True), name="person_by_standing"),
            # Few rows: those that were joined into another one.
            models.Index(fields=["merged_into"], condition=Q(merged_into__isnull=False), name="person_merged"),
            # A whole number is looked up by its keyed digest alone.
            models.Index(fields=["id_index"], condition=Q(merged_into__isnull=True), name="person_by_id_number"),
            models.Index(fields=["phone_index"], condition=Q(merged_into__isnull=True), name="person_by_phone"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_member(self) -> bool:
        """Whether the person is a Party member, full or probationary, as registered."""
        return self.standing in self.MEMBERS

    def standing_on(self, day: date) -> str:
        """The Party standing on a day as far as the record itself tells; with its history: `queries.standings`."""
        return standing_of(self.standing, self.full_on, day, self.joined_on)


def days_meant(last: date, precision: str) -> tuple[date, date]:
    """The first and the last day that a date of uncertain precision may mean: it is kept as the last of them."""
    if precision == Person.Precision.YEAR:
        return last.replace(month=1, day=1), last
    return (last.replace(day=1), last) if precision == Person.Precision.MONTH else (last, last)


def standing_of(standing: str, full_on: date | None, day: date, joined_on: date | None = None) -> str:
    """The Party standing on a day from what is registered: by the days of admission and conversion where known."""
    if standing not in Person.MEMBERS:
        return standing
    if joined_on is not None and joined_on > day:
        return Person.Standing.UNKNOWN
    if full_on is None:
        return standing
    return Person.Standing.FULL_MEMBER if full_on <= day else Person.Standing.PROBATIONARY_MEMBER


class FormerStanding(Dated):
    """曾为: what a person was registered as in days gone by (政治面貌, with its days); today's stand in the record."""

    CLASSIFIED = {
        Data.NONE: ("joined_precision", "full_precision"),
        Data.PERSONAL: ("person", "standing", "joined_on", "full_on"),
    }

    person = models.ForeignKey(Person, models.CASCADE, related_name="former_standings")
    standing = models.CharField("政治面貌", max_length=20, choices=Person.Standing, blank=True, default="")
    joined_on = models.DateField("入党时间", null=True, blank=True)
    joined_precision = models.CharField(
        "入党时间精度", max_length=5, choices=Person.Precision, default=Person.Precision.DAY
    )
    full_on = models.DateField("转正时间", null=True, blank=True)
    full_precision = models.CharField(
        "转正时间精度", max_length=5, choices=Person.Precision, default=Person.Precision.DAY
    )

    class Meta(Dated.Meta):
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(name="former_standing_is_over", condition=Q(ends_on__isnull=False)),
            models.UniqueConstraint(fields=["person", "ends_on"], name="former_standing_once_a_day"),
        ]


class MembershipQuerySet(DatedQuerySet["Membership"]):
    """Memberships by day: nobody is in a branch before they joined the Party, however old its roster says they are."""

    def on(self, day: date) -> Self:
        """Rows valid on `day`."""
        later = Q(side="party", person__joined_on__gt=day)
        # Who left and joined again was a member before, by what the record said then.
        joined = Q(joined_on=None) | Q(joined_on__lte=day)
        was = FormerStanding.objects.on(day).filter(joined, person=OuterRef("person"), standing__in=Person.MEMBERS)
        return super().on(day).filter(~later | Q(Exists(was)))


class Membership(Stamped, Dated):
    """隶属: a person in an organization, as staff (编制或岗位) or as Party member (组织关系), with dates."""

    CLASSIFIED = {
        Data.INTERNAL: ("organization", "source"),
        Data.PERSONAL: (
            "person", "side", "engagement", "title", "place", "relation_elsewhere", "basis", "starts_on", "ends_on",
        ),
    }  # fmt: skip

    objects = MembershipQuerySet.as_manager()  # type: ignore[misc]

    class Side(models.TextChoices):
        STAFF = "staff", "工作"
        PARTY = "party", "组织关系"

    class Engagement(models.TextChoices):
        """How staff are engaged."""

        REGULAR = "regular", "在编在岗"
        SECONDED = "seconded", "借调"
        THIRD_PARTY = "third_party", "第三方派驻"
        PART_TIME = "part_time", "兼职"

    person = models.ForeignKey(Person, models.PROTECT, related_name="memberships")
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="memberships", db_index=False)
    side = models.CharField("隶属种类", max_length=5, choices=Side)
    engagement = models.CharField("用工方式", max_length=12, choices=Engagement, default=Engagement.REGULAR)
    title = models.CharField("职务", max_length=60, blank=True, default="")
    place = models.ForeignKey(Place, models.SET_NULL, null=True, blank=True, related_name="memberships")
    # 在本单位工作、组织关系在外单位: the member counts with the other unit's branch, named here.
    relation_elsewhere = models.CharField("组织关系所在单位", max_length=100, blank=True, default="")
    basis = models.CharField("依据", max_length=200, blank=True, default="")
    # The roster that said so: a corrected roster of the same day corrects, a later one ends and begins.
    source = models.ForeignKey("RosterImport", models.SET_NULL, null=True, blank=True, related_name="memberships")

    class Meta(Dated.Meta):
        constraints = [
            *Dated.Meta.constraints,
            # One Party relation at a time; the services refuse overlaps in the past, this one those of today.
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(side="party", ends_on__isnull=True),
                name="membership_one_open_branch",
            ),
            models.UniqueConstraint(
                fields=["person", "organization", "side"],
                condition=Q(ends_on__isnull=True),
                name="membership_open_once",
            ),
        ]
        indexes = [models.Index(fields=["organization", "side"])]


class Post(Stamped, Dated):
    """任职: a person holds a role in an organization, with dates. A post confers its role's rights."""

    CLASSIFIED = {
        Data.INTERNAL: ("organization", "source"),
        Data.PERSONAL: ("person", "role", "title", "appointed", "backed_by", "basis", "starts_on", "ends_on"),
    }

    class Role(models.TextChoices):
        SECRETARY = "secretary", "书记"
        DEPUTY_SECRETARY = "deputy_secretary", "副书记"
        ORGANIZATION_MEMBER = "organization_member", "组织委员"
        PUBLICITY_MEMBER = "publicity_member", "宣传委员"
        DISCIPLINE_MEMBER = "discipline_member", "纪检委员"
        COMMITTEE_MEMBER = "committee_member", "委员"
        GROUP_LEADER = "group_leader", "党小组组长"
        UNIT_HEAD = "unit_head", "行政负责人"
        DEPUTY_HEAD = "deputy_head", "行政副职"
        CHAIR = "chair", "工会主席"
        # A member's post in a service chain.
        PIONEER = "pioneer", "党员先锋岗"

    class Appointed(models.TextChoices):
        ROSTER = "roster", "名册登记"
        ELECTED = "elected", "选举"
        APPOINTED = "appointed", "任命"
        DESIGNATED = "designated", "指定(待选举)"

    PARTY_ROLES = (
        Role.SECRETARY,
        Role.DEPUTY_SECRETARY,
        Role.ORGANIZATION_MEMBER,
        Role.PUBLICITY_MEMBER,
        Role.DISCIPLINE_MEMBER,
        Role.COMMITTEE_MEMBER,
        Role.GROUP_LEADER,
    )

    person = models.ForeignKey(Person, models.PROTECT, related_name="posts")
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="posts", db_index=False)
    role = models.CharField("职责", max_length=20, choices=Role)
    title = models.CharField("职务名称", max_length=60, blank=True, default="")
    appointed = models.CharField("产生方式", max_length=10, choices=Appointed, default=Appointed.APPOINTED)
    backed_by = models.ForeignKey(
        Organization,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="posts_backed",
        verbose_name="后盾单位",
    )
    basis = models.CharField("依据", max_length=200, blank=True, default="")
    source = models.ForeignKey("RosterImport", models.SET_NULL, null=True, blank=True, related_name="posts")

    class Meta(Dated.Meta):
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(
                fields=["person", "organization", "role"],
                condition=Q(ends_on__isnull=True),
                name="post_open_once",
            ),
            models.UniqueConstraint(
                fields=["organization"],
                condition=Q(role__in=["secretary"], ends_on__isnull=True),
                name="post_one_open_secretary",
            ),
        ]
        indexes = [models.Index(fields=["organization", "role"])]
