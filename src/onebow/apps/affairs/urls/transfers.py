"""Addresses of transfers."""

from django.urls import URLPattern, path

from onebow.apps.affairs.views import letters, transfers

TRANSFERS: list[URLPattern] = [
    path("transfers/", transfers.index, name="transfers"),
    path("transfers/export/", transfers.export, name="transfers_export"),
    path("transfers/new/", letters.new, name="transfer_new"),
    path("transfers/people/", letters.people, name="transfer_people"),
    path("transfers/branches/", letters.branches, name="transfer_branches"),
    path("transfers/<int:pk>/", transfers.show, name="transfer"),
    path("transfers/<int:pk>/receipt/", transfers.receipt, name="transfer_receipt"),
    path("transfers/<int:pk>/closure/", transfers.closure, name="transfer_closure"),
    path("transfers/<int:pk>/answer/", transfers.reply, name="transfer_answer"),
    path("transfers/<int:pk>/letter.<slug:kind>", transfers.letter, name="transfer_letter"),
]
