"""Addresses of the app."""

from django.urls import URLPattern, path

from onebow.apps.organizations.views import memberships, organizations, people, places, structure, trees

app_name = "organizations"
urlpatterns: list[URLPattern] = [
    path("organizations/", organizations.index, name="index"),
    path("organizations/new/", organizations.new, name="new"),
    path("organizations/options/", organizations.options, name="options"),
    path("organizations/<int:pk>/", organizations.show, name="show"),
    path("organizations/<int:pk>/edit/", organizations.edit, name="edit"),
    path("organizations/<int:pk>/history/", organizations.history_page, name="history"),
    path("organizations/<int:pk>/name/", structure.name, name="name"),
    path("organizations/<int:pk>/placement/", structure.placement, name="placement"),
    path("organizations/<int:pk>/closure/", structure.closure, name="closure"),
    path("organizations/<int:pk>/links/", structure.link, name="link"),
    path("organizations/<int:pk>/links/<int:link_id>/closure/", structure.link_closure, name="link_closure"),
    path("organizations/<int:pk>/chains/", structure.chains, name="chains"),
    path("people/", people.index, name="people"),
    path("people/new/", people.new, name="person_new"),
    path("people/options/", people.options, name="people_options"),
    path("people/duplicates/", people.duplicates, name="duplicates"),
    path("people/<int:pk>/", people.show, name="person"),
    path("people/<int:pk>/edit/", people.edit, name="person_edit"),
    path("people/<int:pk>/history/", people.history_page, name="person_history"),
    path("people/<int:pk>/merger/", people.merger, name="person_merger"),
    path("people/<int:pk>/numbers/", people.reveal, name="person_numbers"),
    path("people/<int:pk>/staff/", memberships.staff, name="person_staff"),
    path("people/<int:pk>/party/", memberships.party, name="person_party"),
    path("people/<int:pk>/memberships/<int:membership_id>/closure/", memberships.closure, name="membership_closure"),
    path("people/<int:pk>/posts/", memberships.post, name="person_post"),
    path("people/<int:pk>/posts/<int:post_id>/closure/", memberships.post_closure, name="post_closure"),
    path("places/", places.index, name="places"),
    path("places/new/", places.new, name="place_new"),
    path("places/<int:pk>/edit/", places.edit, name="place_edit"),
    path("trees/", trees.show, name="trees"),
    path("trees/table/", trees.table, name="trees_table"),
    path("trees/side/<int:pk>/", trees.side, name="trees_side"),
]
