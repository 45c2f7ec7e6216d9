"""All addresses of the product, by app."""

from django.urls import include, path

urlpatterns = [
    path("", include("onebow.apps.base.urls")),
    path("", include("onebow.apps.accounts.sign_in_urls")),
    path("", include("onebow.apps.accounts.urls")),
    path("", include("onebow.apps.organizations.urls")),
    path("", include("onebow.apps.plans.urls")),
    path("", include("onebow.apps.meetings.urls")),
    path("", include("onebow.apps.affairs.urls")),
    path("", include("onebow.apps.methods.urls")),
    path("", include("onebow.apps.desk.urls")),
    path("", include("onebow.apps.help.urls")),
]

handler400 = "onebow.apps.base.errors.bad_request"
handler403 = "onebow.apps.base.errors.permission_denied"
handler404 = "onebow.apps.base.errors.page_not_found"
handler500 = "onebow.apps.base.errors.server_error"
