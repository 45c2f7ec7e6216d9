"""What a page says when it cannot be shown: what happened, and what to do next. Needs no database."""

import sys
from dataclasses import dataclass

from django.db import InternalError, OperationalError
from django.http import HttpRequest, HttpResponse

from onebow.apps.base.answers import jinja


@dataclass(frozen=True)
class Trouble:
    """One kind of failure, in words."""

    status: int
    title: str
    text: str
    advice: str


UNREADABLE = Trouble(
    400, "请求有误", "服务器看不懂这次请求,没有做任何改动。", "请返回上一页重试;如果是从收藏夹打开的,请从首页进入。"
)
NOT_ALLOWED = Trouble(
    403, "不能打开这一页", "您的账号没有打开这一页所需的权限。", "如果工作需要,请向安全管理员申请授权。"
)
EXPIRED = Trouble(
    403,
    "页面已过期",
    "为防止他人冒用您的身份提交,过期的页面不能提交。刚才的操作没有做任何改动。",
    "请返回上一页,刷新后重新提交。如果一再出现,请检查浏览器是否禁用了 Cookie。",
)
MISSING = Trouble(404, "没有找到", "这个地址没有内容,或者您无权查看。", "请检查地址是否完整,或者从首页进入。")
BROKEN = Trouble(
    500,
    "出错了",
    "服务器出了意外,刚才的操作没有完成,数据没有改动。",
    "请稍后再试;如果一再出现,请把时间和所做的操作告诉系统管理员。",
)
BUSY = Trouble(503, "服务器正忙", "正在处理较多的写入,这次操作没有完成,数据没有改动。", "请稍等片刻,返回上一页重试。")
FULL = Trouble(
    503, "磁盘空间已满", "数据无法写入,这次操作没有完成,已有数据不受影响。", "请告诉系统管理员清理磁盘空间。"
)

SLOW = Trouble(
    503,
    "用时过长",
    "这一步要查的数据太多,超过了允许的时间,已经停止,数据没有改动。",
    "请缩小范围(例如选下级组织、较短的时间段)再试;如果一再出现,请告诉系统管理员。",
)
AWAY = Trouble(
    503, "数据库暂时不可用", "数据库没有应答,这次操作没有完成。", "请稍后再试;如果几分钟后仍然如此,请告诉系统管理员。"
)

# What the databases say when it is not our code that failed; the first that fits counts.
DATABASE_WORDS = (
    ("disk is full", FULL),
    ("No space left", FULL),
    ("is locked", BUSY),
    ("is busy", BUSY),
    ("lock timeout", BUSY),
    ("deadlock detected", BUSY),
    ("could not serialize", BUSY),
    ("too many clients", BUSY),
    ("connection slots", BUSY),
    ("statement timeout", SLOW),
    ("connection", AWAY),
    ("database system is", AWAY),
    ("read-only transaction", AWAY),
)


def told(trouble: Trouble) -> HttpResponse:
    """The page of a failure."""
    template = jinja().get_template("error.html")
    html = template.render(trouble=trouble, messages=(), csrf_token="")
    response = HttpResponse(html, status=trouble.status)
    if trouble.status == 503:
        response["Retry-After"] = "10"
    return response


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400."""
    return told(UNREADABLE)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403."""
    return told(NOT_ALLOWED)


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 of a form whose token is missing, old or another's."""
    return told(EXPIRED)


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: missing and hidden look the same."""
    return told(MISSING)


def server_error(request: HttpRequest) -> HttpResponse:
    """500, or 503 where the database could not answer just now."""
    return told(trouble_of(sys.exc_info()[1]))


def trouble_of(error: BaseException | None) -> Trouble:
    """The words for an error that nobody caught."""
    if isinstance(error, OperationalError | InternalError):
        said = str(error)
        return next((trouble for word, trouble in DATABASE_WORDS if word in said), BROKEN)
    return BROKEN
