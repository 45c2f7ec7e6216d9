"""Pinyin of names, for search by sound and by initials."""

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from importlib import import_module
from typing import Any

# Surnames that sound otherwise than the same character in common words.
SURNAMES = {
    "单": "shan", "曾": "zeng", "仇": "qiu", "解": "xie", "查": "zha", "区": "ou", "朴": "piao", "任": "ren",
    "华": "hua", "纪": "ji", "尉迟": "yuchi", "盖": "ge", "翟": "zhai", "缪": "miao", "覃": "qin", "乐": "yue",
    "万俟": "moqi", "长孙": "zhangsun", "召": "shao", "折": "she", "逄": "pang", "员": "yun", "冼": "xian",
}  # fmt: skip
# Names of persons are looked up by character, which takes a tenth of the time of cutting them into phrases.
LONGEST_BY_CHARACTER = 4
HAN = re.compile("[一-\u9fff]+")


def plain_pinyin(text: str) -> list[str]:
    """The sound of each character or word, as the library cuts them, without tones.

    >>> plain_pinyin("重庆")
    ['chong', 'qing']
    """
    return list(_library().lazy_pinyin(text))


@cache
def _library() -> Any:
    """Its dictionary takes a third of a second to read, which a process that looks up no name need not spend."""
    return import_module("pypinyin")


@cache
def _phrases() -> Any:
    return import_module("pypinyin.constants").PHRASES_DICT


@lru_cache(maxsize=65536)
def pinyin_of(name: str) -> tuple[str, str]:
    """Pinyin and initials of an organization's name or a word.

    >>> pinyin_of("就业促进科")
    ('jiuyecujinke', 'jycjk')
    """
    syllables = _syllables(name)
    return "".join(syllables).lower()[:240], "".join(part[0] for part in syllables if part).lower()[:60]


def _syllables(name: str) -> list[str]:
    """The sound of each character. Only a phrase may sound otherwise than its characters alone: 重庆 is chongqing."""
    if len(name) > LONGEST_BY_CHARACTER or not HAN.fullmatch(name) or any(part in _phrases() for part in _parts(name)):
        return plain_pinyin(name)
    return [_sound(character) for character in name]


def _parts(name: str) -> Iterator[str]:
    """All pieces of two characters or more."""
    return (name[first:end] for first in range(len(name) - 1) for end in range(first + 2, len(name) + 1))


@lru_cache(maxsize=32768)
def _sound(character: str) -> str:
    return str(plain_pinyin(character)[0])


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
            first = sound[0] if length == 1 else "".join(part[0] for part in plain_pinyin(name[:length]))
            return (sound + pinyin)[:240], (first + initials)[:60]
    return pinyin_of(name)
