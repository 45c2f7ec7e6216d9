"""What is never counted, kept or asked for here, whatever a pack or a colleague wishes: use, presence, praise, place.

Work is told by what was done and by what it rests on. Traces of having used a product say nothing of that.
"""

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Ban:
    """One sort of thing that is kept out, by its words: English ones whole, `_` any joint; Chinese ones anywhere."""

    what: str
    english: tuple[str, ...]
    chinese: tuple[str, ...]


BANS = (
    Ban(
        "签到打卡",
        ("streak", "check_in", "checkin", "clock_in", "punch_in", "punch_card", "days_in_a_row"),
        ("打卡", "签到", "签退", "连续登录", "连续天数", "登录天数"),
    ),
    Ban(
        "上网和使用时长",
        (
            "online_hours", "online_minutes", "online_time", "screen_time", "usage", "active_days", "last_seen",
            "clicks", "click_count", "page_views", "pageviews", "dwell_time", "login_count", "sign_in_count",
        ),
        ("在线时长", "在线时间", "使用时长", "停留时长", "阅读时长", "点击", "浏览量", "访问量", "登录次数", "活跃度"),
    ),
    Ban(
        "点赞和排名",
        ("likes", "like_count", "thumbs_up", "upvotes", "reposts", "leaderboard", "ranking", "followers"),
        ("点赞", "转发量", "转发次数", "排名", "排行", "打榜", "榜单", "晒单", "互动量"),
    ),
    Ban(
        "定位和轨迹",
        (
            "gps", "latitude", "longitude", "lat", "lng", "lon", "geo", "geolocation", "geofence", "coordinates",
            "location", "track_points", "beacon", "ibeacon",
        ),
        ("定位", "经度", "纬度", "坐标", "轨迹", "电子围栏"),
    ),
    Ban(
        "强制拍照",
        ("selfie", "face_id", "face_scan", "photo", "photos", "photograph", "screenshot", "screenshots", "camera"),
        ("拍照", "照片", "自拍", "人脸", "刷脸", "截屏", "截图", "留痕"),
    ),
)  # fmt: skip


def _pattern(ban: Ban) -> re.Pattern[str]:
    english = "|".join(word.replace("_", r"[\W_]?") for word in ban.english)
    return re.compile(rf"(?<![a-z])(?:{english})(?![a-z])|{'|'.join(ban.chinese)}", re.IGNORECASE)


PATTERNS = tuple((ban, _pattern(ban)) for ban in BANS)


def offence_of(text: str) -> str:
    """The sort of thing that a name or label speaks of and that is kept out; empty if none.

    >>> offence_of("checkin_days"), offence_of("每日打卡"), offence_of("organization_rank")
    ('签到打卡', '签到打卡', '')
    """
    return next((ban.what for ban, pattern in PATTERNS if pattern.search(text)), "")
