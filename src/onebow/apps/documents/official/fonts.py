"""Which type stands in for which: the office's own fonts, then Debian's open ones, then those of the wheel."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import pylopdf_fonts_zh_cn
import typst

from onebow import home
from onebow.apps.documents.official.coverage import signs_in

WHEEL = Path(pylopdf_fonts_zh_cn.__file__).parent
# Only these folders of Debian: searching all fonts of a machine takes seconds, and most know no Chinese.
DEBIAN = tuple(
    Path("/usr/share/fonts") / folder
    for folder in ("truetype/arphic-gkai00mp", "truetype/lxgw-wenkai", "opentype/noto")
)
SERIF, SANS = "Noto Serif SC", "Noto Sans SC"
# Families in the order of preference, English names as the files have them. cwTeX FangSong of Debian lacks a third of
# the simplified signs, so that without the office's own FangSong the body is set in Song; AR PL UKai and TW-Kai have
# them, with the punctuation of Taiwan.
ROLES: Mapping[str, tuple[str, ...]] = {
    "title": ("FZXiaoBiaoSong-B05S", "FZXiaoBiaoSong-B05", "方正小标宋简体", "STZhongsong", "Noto Serif CJK SC", SERIF),
    "body": ("FangSong_GB2312", "仿宋_GB2312", "FangSong", "STFangsong", SERIF),
    "kai": ("KaiTi_GB2312", "楷体_GB2312", "KaiTi", "STKaiti", "AR PL KaitiM GB", "LXGW WenKai", SERIF),
    "hei": ("SimHei", "黑体", "STHeiti", "Noto Sans CJK SC", SANS),
    "song": ("SimSun", "宋体", "STSong", SERIF),
}
# Those of them that no standard asks for, but that may be had freely.
OPEN = ("Noto Serif CJK SC", "Noto Sans CJK SC", "AR PL KaitiM GB", "LXGW WenKai", SERIF, SANS)
STANDARD = frozenset(family for families in ROLES.values() for family in families) - frozenset(OPEN)
NAMES = {"title": "方正小标宋简体", "body": "仿宋_GB2312", "kai": "楷体_GB2312", "hei": "黑体", "song": "宋体"}
# What Word takes where it has not those.
SUBSTITUTES = {"title": "华文中宋", "body": "仿宋", "kai": "楷体", "hei": "SimHei", "song": "SimSun"}


@dataclass(frozen=True)
class Choice:
    """The fonts of this machine: for each role its family, then every other that was chosen, for signs it lacks."""

    fonts: typst.Fonts
    chains: Mapping[str, tuple[str, ...]]
    files: tuple[tuple[str, int], ...]

    def missing(self, texts: Iterable[str]) -> list[str]:
        """The signs that none of the fonts has; they would be printed as empty boxes."""
        wanted = {sign for text in texts for sign in text if not sign.isspace()}
        for path, index in self.files:
            if not wanted:
                break
            wanted = {sign for sign in wanted if ord(sign) not in signs_in(path, index)}
        return sorted(wanted)


def own_folder() -> Path:
    """Where the office puts the fonts it has a licence for."""
    return home.HOME / "fonts"


def chosen() -> Choice:
    """The fonts that papers are set in now; looked up again when the office's folder changes."""
    folder = own_folder()
    files = sorted(folder.iterdir()) if folder.is_dir() else []
    return _choice(folder, tuple((str(file), file.stat().st_mtime_ns) for file in files))


@lru_cache(maxsize=4)
def _choice(folder: Path, own: tuple[tuple[str, int], ...]) -> Choice:
    """`own` is what lies in the folder, and since when: other files, another choice."""
    folders = [path for path in (folder, *DEBIAN) if path.is_dir()]
    fonts = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[*map(str, folders), str(WHEEL)]
    )
    found = {font.family: (font.path or "", font.index) for font in fonts.fonts()}
    first = {role: next(family for family in families if family in found) for role, families in ROLES.items()}
    extra = [font.family for font in fonts.fonts() if font.path in dict(own)]
    rest = list(dict.fromkeys((SERIF, SANS, *first.values(), *extra)))
    chains = {role: tuple(dict.fromkeys((family, *rest))) for role, family in first.items()}
    return Choice(fonts, chains, tuple(found[family] for family in dict.fromkeys((*first.values(), *rest))))
