"""Templates of papers that packs bring, beside those that the product ships."""

from django.db import models

from onebow.apps.base.classification import Data
from onebow.apps.plans.models.kinds import Packed


class PackDocument(Packed):
    """文书模板: a paper of an organization and all below, filled from the data of a thing."""

    CLASSIFIED = {Data.INTERNAL: ("of", "kinds", "layout", "text")}

    class Of(models.TextChoices):
        """Whose data it is filled from."""

        MEETING = "meeting", "会议"
        ITEM = "item", "事项"
        DIRECTIVE = "directive", "上级部署"

    class Layout(models.TextChoices):
        PLAIN = "plain", "公文版式"
        SHEET = "sheet", "表单"
        OFFICIAL = "official", "公文版式,可带红头"

    of = models.CharField("取自", max_length=9, choices=Of)
    # Keys of kinds of meetings or items, or words of `Directive.Kind`; none: of all.
    kinds = models.JSONField("适用类别", default=list)
    layout = models.CharField("版式", max_length=8, choices=Layout, default=Layout.PLAIN)
    # In the marks of `documents`, which checked it.
    text = models.TextField("正文")
