"""Addresses of registers."""

from django.urls import URLPattern, path

from onebow.apps.plans.views.registers import directives, parts

REGISTERS: list[URLPattern] = [
    path("registers/options/", parts.options, name="register_options"),
    path("directives/", directives.index, name="directives"),
    path("directives/new/", directives.new, name="directive_new"),
    path("directives.xlsx", directives.xlsx_file, name="directives_xlsx_file"),
    path("directives/<int:pk>/", directives.show, name="directive"),
    path("directives/<int:pk>/edit/", directives.edit, name="directive_edit"),
    path("directives/<int:pk>/reply/", directives.reply, name="directive_reply"),
    path("directives/<int:pk>/file/", directives.file, name="directive_file"),
    path("directives/<int:pk>/report.<slug:kind>", directives.report, name="directive_report"),
]
