"""Addresses of the app."""

from django.urls import path

from onebow.apps.methods.views import kinds, lists, own, packs

app_name = "methods"
# What stands before `<slug:key>` is no key of a pack: see `reading.words.TAKEN`.
urlpatterns = [
    path("methods/", packs.index, name="index"),
    path("methods/own/", own.check, name="own"),
    path("methods/own/application/", own.application, name="own_application"),
    path("methods/lists/", lists.index, name="lists"),
    path("methods/lists/<int:list_id>/", lists.fill, name="named_list"),
    path("methods/kinds/", kinds.index, name="kinds"),
    path("methods/kinds/new/", kinds.new, name="kind_new"),
    path("methods/meetings/", kinds.meetings, name="meetings"),
    path("methods/kinds/<int:kind_id>/closure/", kinds.closure, name="kind_closure"),
    path("methods/kinds/<int:kind_id>/", kinds.show, name="kind"),
    path("methods/kinds/<int:kind_id>/requirements/", kinds.requirements, name="kind_requirements"),
    path(
        "methods/kinds/<int:kind_id>/requirements/<int:requirement_id>/closure/",
        kinds.requirement_closure,
        name="kind_requirement_closure",
    ),
    path("methods/<slug:key>/", packs.show, name="show"),
    path("methods/<slug:key>/pack.toml", packs.file, name="file"),
    path("methods/<slug:key>/preview/", packs.preview, name="preview"),
    path("methods/<slug:key>/application/", packs.application, name="application"),
]
