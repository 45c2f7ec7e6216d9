"""Addresses of duties."""

from django.urls import URLPattern, path

from onebow.apps.plans.views.duties import holidays, index, occurrences, show, year

DUTIES: list[URLPattern] = [
    path("duties/", index.index, name="duties"),
    path("duties/<int:pk>/", show.show, name="duty"),
    path("duties/<int:pk>/cadence/", show.cadence, name="duty_cadence"),
    path("duties/organizations/<int:organization_id>/", year.year_plan, name="duties_year"),
    path("occurrences/<int:pk>/", occurrences.show, name="occurrence"),
    path("occurrences/<int:pk>/plan/", occurrences.plan, name="occurrence_plan"),
    path("occurrences/<int:pk>/excusal/", occurrences.excusal, name="occurrence_excusal"),
    path("occurrences/<int:pk>/miss/", occurrences.miss, name="occurrence_miss"),
    path("occurrences/<int:pk>/restoration/", occurrences.restoration, name="occurrence_restoration"),
    path("holidays/", holidays.index, name="holidays"),
    path("holidays/notice/", holidays.notice, name="holidays_notice"),
    path("holidays/day/", holidays.day, name="holidays_day"),
    path("holidays/removal/", holidays.removal, name="holidays_removal"),
    path("holidays/reopening/", holidays.reopening, name="holidays_reopening"),
]
