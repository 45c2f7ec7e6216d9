"""Addresses of the desk."""

from django.urls import path

from onebow.apps.desk.views import burden, calendar, clashes, home
from onebow.apps.desk.views.cockpit import index as cockpit
from onebow.apps.desk.views.load import details, index

app_name = "desk"
urlpatterns = [
    path("", home.home, name="home"),
    path("search/", home.search, name="search"),
    path("calendar/", calendar.month, name="calendar"),
    path("burden/", burden.index, name="burden"),
    path("burden/forms/", burden.forms, name="burden_forms"),
    path("clashes/", clashes.index, name="clashes"),
    path("clashes/content/", clashes.doubles, name="doubles"),
    path("cockpit/", cockpit.index, name="cockpit"),
    path("cockpit/load/", cockpit.load, name="cockpit_load"),
    path("load/", index.index, name="load"),
    path("load/people/<int:person_id>/", details.person, name="load_person"),
    path("load/organizations/<int:organization_id>/", details.organization, name="load_organization"),
]
