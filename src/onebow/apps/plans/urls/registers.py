"""Addresses of registers."""

from django.urls import URLPattern, path

from onebow.apps.plans.views.registers import bylaws, directives, drives, parts, posts

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
    path("directives/<int:pk>/documents/<int:document_id>.<slug:kind>", directives.document, name="directive_document"),
    path("directives/options/", drives.directive_options, name="directive_options"),
    path("drives/", drives.index, name="drives"),
    path("drives/new/", drives.new, name="drive_new"),
    path("drives/<int:pk>/", drives.show, name="drive"),
    path("drives/<int:pk>/edit/", drives.edit, name="drive_edit"),
    path("bylaws/", bylaws.index, name="bylaws"),
    path("bylaws/new/", bylaws.new, name="bylaw_new"),
    path("bylaws/<int:pk>/", bylaws.show, name="bylaw"),
    path("bylaws/<int:pk>/adoption/", bylaws.adoption, name="bylaw_adoption"),
    path("bylaws/<int:pk>/closure/", bylaws.closure, name="bylaw_closure"),
    path("bylaws/<int:pk>/<int:former>..<int:later>/", bylaws.compare, name="bylaw_compare"),
    path("bylaws/<int:pk>/<int:number>/file/", bylaws.file, name="bylaw_file"),
    path("bylaws/<int:pk>/<int:number>.<slug:kind>", bylaws.paper, name="bylaw_paper"),
    path("posts/", posts.index, name="dual_posts"),
    path("posts/items/", posts.items, name="answering"),
    path("posts/<int:pk>/", posts.show, name="dual_post"),
    path("posts/<int:pk>/sheet.<slug:kind>", posts.paper, name="dual_post_paper"),
]
