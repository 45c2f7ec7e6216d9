"""Addresses of the app."""

from django.urls import URLPattern, path

from onebow.apps.meetings.views import figures, pages, planning, recording

app_name = "meetings"
urlpatterns: list[URLPattern] = [
    path("meetings/", pages.index, name="index"),
    path("meetings/list.xlsx", pages.xlsx_file, name="index_xlsx"),
    path("meetings/new/", planning.new, name="new"),
    path("meetings/new/plan/", planning.plan, name="plan"),
    path("meetings/new/record/", recording.note, name="note"),
    path("meetings/options/people/", pages.person_options, name="person_options"),
    path("meetings/options/organizations/", pages.organization_options, name="organization_options"),
    path("meetings/hours/", figures.hours, name="hours"),
    path("meetings/hours.xlsx", figures.hours_xlsx, name="hours_xlsx"),
    path("meetings/counts/", figures.counts, name="counts"),
    path("meetings/counts.xlsx", figures.counts_xlsx, name="counts_xlsx"),
    path("meetings/<int:pk>/", pages.show, name="show"),
    path("meetings/<int:pk>/edit/", planning.edit, name="edit"),
    path("meetings/<int:pk>/record/", recording.record, name="record"),
    path("meetings/<int:pk>/correction/", recording.correction, name="correction"),
    path("meetings/<int:pk>/cancellation/", planning.cancellation, name="cancellation"),
    path("meetings/<int:pk>/voiding/", planning.voiding, name="voiding"),
    path("meetings/<int:pk>/file.<slug:kind>", pages.file, name="file"),
    path("meetings/<int:pk>/sheet.<slug:kind>", pages.sheet, name="sheet"),
    path("meetings/<int:pk>/documents/<int:document_id>.<slug:kind>", pages.document, name="document"),
    path("meetings/<int:pk>/attachments/<int:attachment_id>/", pages.attachment, name="attachment"),
    path("meetings/<int:pk>/resolutions/<int:resolution_id>/item/", recording.adoption, name="adoption"),
]
