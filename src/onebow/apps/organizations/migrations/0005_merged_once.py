"""Records merged one after another all point to the one that stands; before, each pointed to the next."""

from django.db import migrations
from django.db.models import F, OuterRef, Subquery


def point_to_the_last(apps, editor):
    Person = apps.get_model("organizations", "Person")
    chained = Person.objects.filter(merged_into__merged_into__isnull=False).exclude(merged_into=F("pk"))
    while ids := list(chained.values_list("pk", flat=True)[:500]):
        following = Person.objects.filter(pk=OuterRef("merged_into_id")).values("merged_into_id")
        Person.objects.filter(pk__in=ids).update(merged_into_id=Subquery(following))


class Migration(migrations.Migration):
    dependencies = [("organizations", "0004_setaside")]

    operations = [migrations.RunPython(point_to_the_last, migrations.RunPython.noop)]
