"""Addresses of everyday affairs."""

from onebow.apps.affairs.urls.dues import DUES
from onebow.apps.affairs.urls.transfers import TRANSFERS

app_name = "affairs"
urlpatterns = [*TRANSFERS, *DUES]
