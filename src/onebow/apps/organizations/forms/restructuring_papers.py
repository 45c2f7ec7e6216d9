"""What is asked for papers and lists of a plan."""

from typing import Any

from django import forms

from onebow.apps.base.asking import AskingForm, Each, Why
from onebow.apps.organizations.forms.fields import DayField
from onebow.apps.organizations.models import PlannedOrganization
from onebow.apps.organizations.queries.restructuring.papers.catalog import Asked, PaperKind

WHAT_FOR = "至少 4 个字;会写在名册上,并记入查阅记录,名册中的人都可以看到。请勿写入姓名等个人信息。"
FORMS = (("docx", "Word 文档(.docx)"), ("pdf", "PDF"))
ALL = "all"


class PaperForm(AskingForm):
    """What the product cannot know of a paper; all of it may be left out. Stands in the address."""

    TITLE = "方案文书的补充内容"
    ASKED = {Why.PAPER: (Each("*", "发文字号、签发人等"),)}

    def __init__(self, *args: Any, kind: PaperKind, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for asked in kind.asked:
            self.fields[asked.key] = _field(asked)


def _field(asked: Asked) -> forms.Field:
    if asked.is_day:
        return DayField(label=asked.label, help_text=asked.why, required=False)
    return forms.CharField(label=asked.label, help_text=asked.why, max_length=60, required=False)


class ListForm(AskingForm):
    """A list of members that is to leave."""

    TITLE = "导出党员名册"
    ASKED = {Why.VIEW: ("kind",), Why.REASON: ("reason",)}

    kind = forms.ChoiceField(label="格式", choices=FORMS, widget=forms.RadioSelect, initial="docx")
    reason = forms.CharField(label="用途", min_length=4, max_length=200, help_text=WHAT_FOR)


class PlanListForm(ListForm):
    """The list of one planned branch, or those of all."""

    TITLE = "导出拟设支部名册"
    ASKED = {Why.VIEW: ("branch",)}

    branch = forms.ChoiceField(label="党支部", help_text="全部党支部在后台生成,Word 打包为 .zip,PDF 合成一个文件。")
    field_order = ("branch", "kind", "reason")

    def __init__(self, *args: Any, branches: list[PlannedOrganization], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        every = [(ALL, f"全部 {len(branches)} 个党支部")] if len(branches) > 1 else []
        self.fields["branch"].choices = [*every, *((str(row.pk), row.name) for row in branches)]
        self.fields["kind"].help_text = "选择“全部”时两种格式都会生成。"
