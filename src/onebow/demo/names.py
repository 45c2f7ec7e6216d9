"""Made-up people: names, identity numbers of a region that does not exist, phones of a range that is not used."""

from collections.abc import Callable
from datetime import date
from random import Random

from onebow.apps.organizations.identity import check_digit

# Each as often as it stands here; common surnames, so that search meets the doubles of real life.
SURNAMES = (
    "王王王李李李张张张刘刘陈陈杨杨赵黄周周吴吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕"
    "苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤"
)
FEMALE = "芳娜敏静丽艳娟霞秀英慧巧美婷洁莹雪琳璐倩颖岚蕾薇菲桂珍淑兰凤玉梅红春燕欣怡佳梦瑶晴"
MALE = "伟强磊军洋勇杰涛明超亮刚平辉鹏飞建国华志宏斌波健峰浩宇轩博文俊凯栋林森海山川远航毅诚"
REGION = "990101"


def name_of(random: Random, *, female: bool) -> str:
    """A surname and one or two characters; two thirds have two."""
    given = FEMALE if female else MALE
    length = 2 if random.random() < 0.67 else 1
    return random.choice(SURNAMES) + "".join(random.sample(given, length))


def numbers(random: Random) -> Callable[[date, bool], str]:
    """A source of identity numbers that never gives the same one twice."""
    given: set[str] = set()

    def number(born_on: date, female: bool) -> str:
        while True:
            # The third digit of the sequence is even for women, odd for men.
            sequence = random.randrange(0, 500) * 2 + (0 if female else 1)
            digits = f"{REGION}{born_on:%Y%m%d}{sequence:03d}"
            if digits not in given:
                given.add(digits)
                return digits + check_digit(digits)

    return number


def phone_of(index: int) -> str:
    """The phone of the person with that index; 10,000 of them, then again from the first."""
    return f"1990000{index % 10_000:04d}"
