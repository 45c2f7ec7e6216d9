"""Addresses of the app, a file for each part."""

from onebow.apps.plans.urls.absences import ABSENCES
from onebow.apps.plans.urls.checks import CHECKS
from onebow.apps.plans.urls.duties import DUTIES
from onebow.apps.plans.urls.items import ITEMS
from onebow.apps.plans.urls.load import LOAD
from onebow.apps.plans.urls.plans import PLANS
from onebow.apps.plans.urls.registers import REGISTERS
from onebow.apps.plans.urls.risks import RISKS

app_name = "plans"
urlpatterns = [*PLANS, *ITEMS, *DUTIES, *REGISTERS, *ABSENCES, *CHECKS, *LOAD, *RISKS]
