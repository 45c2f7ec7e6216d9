"""Fonts of papers: no sign without one, the office's own first, and a loud stop when one is missing."""

import shutil
from pathlib import Path

import pylopdf_fonts_zh_cn
import pytest

from onebow import home
from onebow.apps.base.refusals import Refused
from onebow.apps.documents.official import fonts, health, pdf
from onebow.apps.documents.official.coverage import signs_in
from onebow.apps.documents.official.rendering import compose, render, templates
from onebow.apps.documents.tests.make_papers import AT, SAMPLES
from onebow.apps.documents.tests.read_pdf import Pdf

WHEEL = Path(pylopdf_fonts_zh_cn.__file__).parent
RARE = "\U0002ebf0"


@pytest.fixture
def own_fonts(tmp_path, monkeypatch) -> Path:
    """An empty folder of the office's fonts."""
    monkeypatch.setattr(home, "HOME", tmp_path)
    (tmp_path / "fonts").mkdir()
    return tmp_path / "fonts"


def test_the_wheel_alone_has_every_sign_of_the_templates_and_of_gb_2312(own_fonts, monkeypatch):
    monkeypatch.setattr(fonts, "DEBIAN", ())
    fonts._choice.cache_clear()
    choice = fonts.chosen()
    assert {chain[0] for chain in choice.chains.values()} == {"Noto Serif SC", "Noto Sans SC"}
    assert choice.missing(one.body for one in templates()) == []
    rows = (
        bytes((high, low))
        for high in range(0xB0, 0xF8)
        for low in range(0xA1, 0xFF)
        if (high, low) < (0xD7, 0xFA) or high > 0xD7
    )
    assert choice.missing(row.decode("gb2312") for row in rows) == []
    fonts._choice.cache_clear()


def test_no_paper_holds_an_empty_box():
    """Glyph 0 is the box; it has no sign, so that reading a paper with one fails."""
    for key, data in SAMPLES.items():
        assert Pdf(render(key, data, "pdf", records=1, at=AT)).pieces, key


def test_coverage_is_read_from_the_file():
    signs = signs_in(str(WHEEL / "NotoSerifSC-Regular.otf"))
    assert {ord(sign) for sign in "党〔—①䶮"} <= signs
    assert ord(RARE) not in signs


def test_a_sign_that_no_font_has_is_named_before_a_box_is_printed():
    data = {**SAMPLES["tally"], "candidates": [{"name": f"王{RARE}"}]}
    with pytest.raises(Refused, match=f"没有“{RARE}”.*fonts"):
        render("tally", data, "pdf", records=1, at=AT)
    assert render("tally", data, "docx", records=1, at=AT)


def test_a_missing_family_is_an_error_and_no_other_type(monkeypatch):
    paper = compose("tally", SAMPLES["tally"], records=1, at=AT)
    choice = fonts.chosen()
    broken = fonts.Choice(choice.fonts, {**choice.chains, "body": ("No Such Font",)}, choice.files)
    monkeypatch.setattr(fonts, "chosen", lambda: broken)
    with pytest.raises(RuntimeError, match="unknown font family: no such font"):
        pdf.write([paper])


def test_fonts_of_the_office_are_found_when_they_come(own_fonts):
    before = fonts.chosen()
    shutil.copy(WHEEL / "NotoSansSC-Regular.otf", own_fonts / "a.otf")
    after = fonts.chosen()
    assert before is not after
    assert any(font.path == str(own_fonts / "a.otf") for font in after.fonts.fonts())


def test_the_doctor_tells_which_fonts_are_used_and_what_is_none(own_fonts):
    assert list(health.font_faults()) == []
    assert "正文 Noto Serif SC" in health.fonts_in_use()
    assert str(own_fonts) in health.fonts_in_use()
    (own_fonts / "simfang.ttf").write_bytes(b"no font")
    (fault,) = health.font_faults()
    assert "simfang.ttf 不是可用的字体文件" in fault


def test_the_standard_families_come_first():
    for role, first in {"body": "FangSong_GB2312", "kai": "KaiTi_GB2312", "hei": "SimHei"}.items():
        assert fonts.ROLES[role][0] == first
    assert not fonts.STANDARD & set(fonts.OPEN)
