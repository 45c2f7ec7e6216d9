"""Two people who edit the same thing: the second is told, and nothing of the first is overwritten."""

from django.db.models import Model
from django.utils import timezone

from onebow.apps.accounts.models import User
from onebow.apps.base.refusals import Refused
from onebow.apps.ledger.models import Entry


def bump_version(row: Model, version: int) -> None:
    """Take the next `version` of a row that the form saw as `version`.

    Raises:
        Refused: somebody changed the row since; the text says who and when.
    """
    if type(row)._default_manager.filter(pk=row.pk or 0, version=version).update(version=version + 1):
        row.version = version + 1  # type: ignore[attr-defined]
        return
    told = Entry.objects.filter(source=row._meta.label_lower, source_id=row.pk)
    last = told.select_related("body").order_by("-pk").first()
    user = User.objects.filter(pk=last.by_id or 0).first() if last else None
    who = user.display_name if user else "其他人"
    when = f"于 {timezone.localtime(last.recorded_at):%H:%M} " if last else ""
    now = type(row)._default_manager.values_list("version", flat=True).get(pk=row.pk or 0)
    raise Refused(
        f"“{row}”在您打开页面之后已被{who}{when}修改{_what(row, last)},您的修改没有保存。"
        "您填写的内容仍在下面;核对后再提交一次,将以您填写的为准。",
        fresh={"version": now},
    )


def _what(row: Model, entry: Entry | None) -> str:
    """Which facts the other one changed, in the words of the form."""
    names = {name: str(field.verbose_name) for field in row._meta.fields for name in (field.name, field.attname)}
    fields = entry.data.get("fields", []) if entry else []
    return f"({'、'.join(dict.fromkeys(names.get(name, name) for name in fields))})" if fields else ""
