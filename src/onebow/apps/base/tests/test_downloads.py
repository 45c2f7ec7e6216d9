"""Files that pages hand out."""

import pytest

from onebow.apps.base.downloads import download


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("名册.xlsx", "spreadsheetml.sheet"),
        ("批复.PDF", "application/pdf"),
        ("页面.html", "octet-stream"),
        ("附件", "octet-stream"),
    ],
)
def test_a_file_is_saved_under_its_name_and_no_cache_keeps_it(name, kind):
    response = download(b"x", name)
    assert response["Content-Disposition"].startswith("attachment; filename")
    assert response["Cache-Control"] == "no-store"
    assert response["Content-Type"].endswith(kind)
