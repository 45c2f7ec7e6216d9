"""Fonts of papers, for `onebow doctor`."""

from collections.abc import Iterator

from onebow.apps.documents.official import fonts

LABELS = {"title": "标题", "body": "正文", "kai": "楷体", "hei": "黑体", "song": "页码"}


def font_faults() -> Iterator[str]:
    """Each file that the office put into its folder of fonts is one."""
    folder = fonts.own_folder()
    if not folder.is_dir():
        return
    read = {font.path for font in fonts.chosen().fonts.fonts()}
    for file in sorted(folder.iterdir()):
        if str(file) not in read:
            yield f"{file} 不是可用的字体文件(应为 .ttf、.otf 或 .ttc),PDF 公文用不上它。请更换或移走。"


def fonts_in_use() -> str:
    """Which font stands for which type of the standard."""
    chains = fonts.chosen().chains
    used = "、".join(f"{label} {chains[role][0]}" for role, label in LABELS.items())
    stand_ins = [role for role, chain in chains.items() if chain[0] not in fonts.STANDARD]
    advice = f";标准字体可放入 {fonts.own_folder()}" if stand_ins else ""
    return f"{used}{advice}"
