"""The frame and the components."""

import re
from pathlib import Path

import pytest
from django import forms
from django.conf import settings as project
from django.template import engines

from onebow.apps.base.answers import page
from onebow.apps.base.assets import StampedStorage, build_of
from onebow.apps.base.shell import NavGroup, NavItem
from onebow.apps.base.style import SampleForm
from onebow.apps.base.tables import Column, Listing
from onebow.apps.base.tests.make import make_request

APPS = project.PACKAGE / "apps"
ICONS = project.PACKAGE.parent.parent / "frontend" / "icons.txt"


def html_of(text: str, **context) -> str:
    env = engines["jinja2"].env
    kit = env.get_template("ui/kit.html").make_module({"csrf_input": "", "once": "k1"})
    return env.from_string(text).render(ui=kit, **context)


class TestStylePage:
    @pytest.fixture(autouse=True)
    def _addresses(self, settings):
        settings.ROOT_URLCONF = "onebow.apps.base.tests.urls_for_tests"
        settings.MIDDLEWARE = []

    def test_it_shows_every_component_in_development(self, client, settings):
        settings.STYLE_PAGE = True
        html = client.get("/style/").content.decode()
        kit = (APPS / "base/templates/ui/kit.html").read_text(encoding="utf-8")
        named = re.findall(r"[\w, ]+(?= = )", kit)
        shown = "".join(path.read_text(encoding="utf-8") for path in (APPS / "base/templates").glob("**/*.html"))
        macros = {name.strip() for group in named for name in group.removeprefix(" set").split(",")}
        assert {name for name in macros if not re.search(rf"\b{name}\(", shown)} == set()
        assert "data-empty" in html

    def test_it_is_missing_elsewhere(self, client, settings):
        settings.STYLE_PAGE = False
        assert client.get("/style/").status_code == 404


def test_a_page_of_another_day_says_so_and_keeps_the_rest_of_the_address():
    html = page(make_request("/x/?on=2025-11-23&q=a"), "layout.html", {}).content.decode()
    assert 'data-strip="date"' in html
    assert 'href="/x/?q=a"' in html
    assert '<input type="hidden" name="q" value="a">' in html


def test_the_navigation_marks_this_page_and_carries_the_day():
    group = NavGroup(
        "组织", (NavItem("两棵树", "/trees/", "sitemap", active=True), NavItem("人员", "/people/", "users"))
    )
    html = page(make_request("/trees/?on=2025-11-23"), "layout.html", {"navigation": [group]}).content.decode()
    assert 'href="/trees/?on=2025-11-23" aria-current="page"' in html
    assert html.count('aria-current="page"') == 1


def test_what_a_person_typed_is_shown_as_text():
    html = page(make_request("/x/?on=<script>"), "layout.html", {"posts_line": "<b>"}).content.decode()
    assert "“&lt;script&gt;”" in html
    assert "<script>”" not in html


def test_a_wrong_form_keeps_what_was_typed_and_names_the_fields():
    form = SampleForm({"name": "", "note": "写了很多", "number": "9", "kind": "branch", "mode": "elected"})
    html = html_of("{{ ui.form(form, '/x/') }}", form=form)
    assert 'name="_once" value="k1"' in html
    assert html.count('aria-invalid="true"') == 2
    assert 'href="#id_name"' in html
    assert 'aria-describedby="id_name_helptext id_name_error"' in html
    assert 'id="id_name_error"' in html
    assert "写了很多</textarea>" in html


def test_a_form_does_not_say_that_passwords_are_kept():
    class Secret(forms.Form):
        name = forms.CharField(label="姓名")
        word = forms.CharField(label="密码", widget=forms.PasswordInput)

    class Open(forms.Form):
        name = forms.CharField(label="姓名")

    assert "都还在" not in html_of("{{ ui.form(form, '/x/') }}", form=Secret({"name": "", "word": "1"}))
    assert "都还在" in html_of("{{ ui.form(form, '/x/') }}", form=Open({"name": ""}))


def test_two_lists_on_a_page_have_landmarks_of_their_own():
    listing = Listing(make_request(), [], (Column("name", "名称"),), (), ("name",))
    html = html_of("{% call(row) ui.table(listing, title='科室') %}{% endcall %}", listing=listing)
    assert 'role="search" aria-label="筛选:科室"' in html


def test_a_form_with_a_file_is_sent_as_one():
    assert 'enctype="multipart/form-data"' in html_of("{{ ui.form(form, '/x/') }}", form=SampleForm())


def test_progress_asks_again_until_it_is_finished():
    text = "{{ ui.progress('/p/', 1, 2, '核对', finished=done) }}"
    assert 'hx-get="/p/"' in html_of(text, done=False)
    assert "hx-get" not in html_of(text, done=True)


def test_an_unknown_figure_is_not_a_zero():
    assert "未知" in html_of("{{ ui.stat(none, '名', '党员') }}")
    assert re.search(r">0 <span", html_of("{{ ui.stat(0, '名', '党员') }}"))


def test_every_icon_that_a_template_names_is_in_the_sprite():
    listed = set(ICONS.read_text(encoding="utf-8").split())
    named: set[str] = set()
    for path in [*APPS.glob("*/templates/**/*.html"), *APPS.glob("*/dtl/**/*.html")]:
        named |= set(re.findall(r"\bicon\(\"([a-z0-9-]+)\"", path.read_text(encoding="utf-8")))
        named |= set(re.findall(r"icons\.svg[^#]*#([a-z0-9-]+)", path.read_text(encoding="utf-8")))
    assert named - listed == set()


def test_addresses_of_the_bundle_name_their_build(tmp_path: Path, settings):
    settings.DIST = tmp_path
    assert StampedStorage(base_url="/static/").url("app.css") == "/static/app.css"
    build_of.cache_clear()
    (tmp_path / "stamp.txt").write_text("0123456789abcdef", encoding="ascii")
    assert StampedStorage(base_url="/static/").url("app.css") == "/static/app.css?v=0123456789"
    build_of.cache_clear()
