"""Addresses of integrity-risk points."""

from django.urls import URLPattern, path

from onebow.apps.plans.views.risks import edit, index, lists, show

RISKS: list[URLPattern] = [
    path("risks/", index.index, name="risks"),
    path("risks.xlsx", index.xlsx_file, name="risks_xlsx_file"),
    path("risks.docx", index.paper, {"kind": "docx"}, name="risks_docx_file"),
    path("risks.pdf", index.paper, {"kind": "pdf"}, name="risks_pdf_file"),
    path("risks/import/", lists.upload, name="risks_import"),
    path("risks/new/", edit.new, name="risk_new"),
    path("risks/people/", edit.people, name="risk_owner_options"),
    path("risks/kinds/", edit.kinds, name="risk_kind_options"),
    path("risks/items/", edit.items, name="risk_item_options"),
    path("risks/<int:pk>/", show.show, name="risk"),
    path("risks/<int:pk>/edit/", edit.edit, name="risk_edit"),
    path("risks/<int:pk>/review/", show.review, name="risk_review"),
    path("risks/<int:pk>/lifting/", show.lifting, name="risk_lifting"),
]
