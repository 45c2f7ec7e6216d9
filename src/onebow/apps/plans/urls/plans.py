"""Addresses of plans."""

from django.urls import path

from onebow.apps.plans.views import (
    changes,
    copying,
    deciding,
    importing,
    item_edit,
    item_list,
    plans,
    points,
    taskbook,
    versions,
)

ITEM = "items/<int:pk>"
PLAN = "plans/<int:pk>"
CHANGE = f"{PLAN}/changes/<int:change_id>"
PLANS = [
    path("plans/", plans.index, name="index"),
    path("plans/new/", plans.new, name="new"),
    path("plans/organizations/options/", plans.organization_options, name="organization_options"),
    path(f"{PLAN}/", plans.show, name="show"),
    path(f"{PLAN}/plan.xlsx", plans.xlsx, name="plan_xlsx"),
    path(f"{PLAN}/points/new/", points.new, name="key_point_new"),
    path(f"{PLAN}/points/<int:point_id>/", points.edit, name="key_point"),
    path(f"{PLAN}/points/<int:point_id>/removal/", points.removal, name="key_point_removal"),
    path(f"{PLAN}/items/new/", item_edit.new, name="item_new"),
    path(f"{PLAN}/owners/", item_edit.owners, name="owners"),
    path(f"{PLAN}/people/", item_edit.people_options, name="people"),
    path(f"{PLAN}/import/", importing.import_list, name="import_list"),
    path(f"{PLAN}/copy/", copying.copy, name="copy"),
    path(f"{PLAN}/submission/", changes.submission, name="submission"),
    path(f"{PLAN}/steps/", changes.step_options, name="step_options"),
    path(f"{PLAN}/changes/new/", changes.new, name="change_new"),
    path(f"{CHANGE}/", changes.show, name="change"),
    path(f"{CHANGE}/edit/", changes.edit, name="change_edit"),
    path(f"{CHANGE}/lines/", changes.lines, name="change_lines"),
    path(f"{CHANGE}/alterations/<int:item_id>/", changes.alteration, name="change_alteration"),
    path(f"{CHANGE}/cancellations/<int:item_id>/", changes.cancellation, name="change_cancellation"),
    path(f"{CHANGE}/lines/<int:line_id>/closure/", changes.line_closure, name="change_line_closure"),
    path(f"{CHANGE}/submission/", deciding.submission, name="change_submission"),
    path(f"{CHANGE}/decision/", deciding.decision, name="change_decision"),
    path(f"{CHANGE}/paper/", deciding.paper, name="change_paper"),
    path(f"{CHANGE}/closure/", deciding.closure, name="change_closure"),
    path(f"{CHANGE}/scans/<int:approval_id>/", deciding.scan, name="change_scan"),
    path(f"{PLAN}/versions/", versions.index, name="versions"),
    path(f"{PLAN}/versions/<int:number>/", versions.show, name="version"),
    path(f"{PLAN}/versions/<int:first>..<int:second>/", versions.difference, name="difference"),
    path("items/", item_list.index, name="items"),
    path("items/items.xlsx", item_list.xlsx, name="items_xlsx"),
    path(f"{ITEM}/edit/", item_edit.edit, name="item_edit"),
    path(f"{ITEM}/cancellation/", item_edit.cancellation, name="item_cancellation"),
    path(f"{ITEM}/people/", item_edit.people, name="item_people"),
    path(f"{ITEM}/requirements/", item_edit.requirements, name="item_requirements"),
    path(f"{ITEM}/ties/", item_edit.tie, name="item_ties"),
    path(f"{ITEM}/ties/options/", item_edit.tie_options, name="tie_options"),
    path(f"{ITEM}/ties/<int:tie_id>/closure/", item_edit.tie_closure, name="tie_closure"),
    path(f"{ITEM}/untied/", item_edit.untied, name="item_untied"),
    path("taskbook/", taskbook.index, name="taskbook"),
    path("taskbook/taskbook.xlsx", taskbook.xlsx, name="taskbook_xlsx"),
]
