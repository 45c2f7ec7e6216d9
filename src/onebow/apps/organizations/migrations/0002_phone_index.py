"""Phone numbers become findable by their whole, through a keyed digest."""

from django.db import migrations, models

from onebow.apps.base.fields import blind_index

BATCH = 2_000


def fill(apps, schema_editor):
    """In batches of ids, so that a large table is never held in memory."""
    Person = apps.get_model("organizations", "Person")
    last = 0
    while rows := list(Person.objects.filter(pk__gt=last).only("pk", "phone").order_by("pk")[:BATCH]):
        last = rows[-1].pk
        told = [row for row in rows if row.phone]
        for row in told:
            row.phone_index = blind_index(row.phone)
        Person.objects.bulk_update(told, ["phone_index"], batch_size=500)


class Migration(migrations.Migration):
    dependencies = [("organizations", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="person",
            name="phone_index",
            field=models.CharField(blank=True, default="", editable=False, max_length=32, verbose_name="手机号码索引"),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
