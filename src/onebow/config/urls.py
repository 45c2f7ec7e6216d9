"""All addresses of the product, by app."""

from django.urls import include, path

urlpatterns = [
    path("", include("onebow.apps.base.urls")),
    path("", include("onebow.apps.accounts.sign_in_urls")),
    path("", include("onebow.apps.accounts.urls")),
    path("", include("onebow.apps.organizations.urls")),
    path("", include("onebow.apps.desk.urls")),
]
