"""Addresses of everyday affairs."""

from onebow.apps.affairs.urls.dues import DUES
from onebow.apps.affairs.urls.talks import TALKS
from onebow.apps.affairs.urls.transfers import TRANSFERS
from onebow.apps.affairs.urls.workbooks import WORKBOOKS

app_name = "affairs"
urlpatterns = [*TRANSFERS, *DUES, *TALKS, *WORKBOOKS]
