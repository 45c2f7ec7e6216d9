"""Addresses of the desk."""

from django.urls import path

from onebow.apps.desk.views import bow, burden, calendar, clashes, home, notices, waiting
from onebow.apps.desk.views.cockpit import index as cockpit
from onebow.apps.desk.views.load import details, index

app_name = "desk"
urlpatterns = [
    path("", home.home, name="home"),
    path("todo/", waiting.todo, name="todo"),
    path("search/", home.search, name="search"),
    path("bow/", bow.show, name="bow"),
    path("bow/strip/", bow.strip, name="bow_strip"),
    path("bow/items.xlsx", bow.xlsx, name="bow_xlsx"),
    path("calendar/", calendar.month, name="calendar"),
    path("calendar/strip/", calendar.strip, name="calendar_strip"),
    path("burden/", burden.index, name="burden"),
    path("burden/forms/", burden.forms, name="burden_forms"),
    path("clashes/", clashes.index, name="clashes"),
    path("clashes/content/", clashes.doubles, name="doubles"),
    path("cockpit/", cockpit.index, name="cockpit"),
    path("cockpit/load/", cockpit.load, name="cockpit_load"),
    path("load/", index.index, name="load"),
    path("load/people/<int:person_id>/", details.person, name="load_person"),
    path("load/organizations/<int:organization_id>/", details.organization, name="load_organization"),
    path("notices/", notices.index, name="notices"),
    path("notices/silence/", notices.silence, name="notices_silence"),
    path("notices/sent/", notices.sent, name="notices_sent"),
    path("notices/channels/<slug:kind>/", notices.channel, name="channel"),
    path("notices/channels/<slug:kind>/removal/", notices.channel_removal, name="channel_removal"),
    path("notices/channels/<slug:kind>/test/", notices.channel_test, name="channel_test"),
]
