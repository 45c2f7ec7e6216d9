"""Addresses of the app; those of allauth's views stand in sign_in_urls.py."""

from django.urls import path

from onebow.apps.accounts.views import account, accounts, activation, locks

app_name = "accounts"
urlpatterns = [
    path("account/", account.show, name="account"),
    path("activate/", activation.activate, name="activate"),
    path("accounts/", accounts.index, name="index"),
    path("accounts/new/", accounts.new, name="new"),
    path("accounts/<int:user_id>/slip/", accounts.slip, name="slip"),
    path("accounts/<int:user_id>/closure/", accounts.closure, name="closure"),
    path("accounts/<int:user_id>/opening/", accounts.opening, name="opening"),
    path("locks/", locks.index, name="locks"),
    path("locks/<int:user_id>/opening/", locks.opening, name="unlock"),
]
