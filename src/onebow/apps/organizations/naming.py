"""Pinyin of names, for search by sound and by initials."""

from functools import lru_cache

from pypinyin import Style, lazy_pinyin

# Surnames that sound otherwise than the same character in common words.
SURNAMES = {
    "单": "shan", "曾": "zeng", "仇": "qiu", "解": "xie", "查": "zha", "区": "ou", "朴": "piao", "任": "ren",
    "华": "hua", "纪": "ji", "尉迟": "yuchi", "盖": "ge", "翟": "zhai", "缪": "miao", "覃": "qin", "乐": "yue",
    "万俟": "moqi", "长孙": "zhangsun", "召": "shao", "折": "she", "逄": "pang", "员": "yun", "冼": "xian",
}  # fmt: skip


@lru_cache(maxsize=65536)
def pinyin_of(name: str) -> tuple[str, str]:
    """Pinyin and initials of an organization's name or a word.

    >>> pinyin_of("就业促进科")
    ('jiuyecujinke', 'jycjk')
    """
    syllables = lazy_pinyin(name, style=Style.NORMAL)
    return "".join(syllables).lower()[:240], "".join(part[0] for part in syllables if part).lower()[:60]


@lru_cache(maxsize=65536)
def pinyin_of_person(name: str) -> tuple[str, str]:
    """Pinyin and initials of a person's name; surnames first, since 单 and 曾 sound otherwise there.

    >>> pinyin_of_person("曾单华")[1]
    'zdh'
    """
    for length in (2, 1):
        sound = SURNAMES.get(name[:length])
        if sound is not None:
            pinyin, initials = pinyin_of(name[length:]) if name[length:] else ("", "")
            first = sound[0] if length == 1 else "".join(part[0] for part in lazy_pinyin(name[:length]))
            return (sound + pinyin)[:240], (first + initials)[:60]
    return pinyin_of(name)
