"""Whole numbers are looked up by their digests, and merged records from what they were merged into.

By itself: PostgreSQL makes no index where rows were just changed.
"""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("organizations", "0002_phone_index")]

    operations = [
        migrations.AddIndex(
            model_name="person",
            index=models.Index(fields=[column], condition=Q(merged_into__isnull=True), name=name),
        )
        for column, name in (("id_index", "person_by_id_number"), ("phone_index", "person_by_phone"))
    ] + [
        migrations.AddIndex(
            model_name="person",
            index=models.Index(
                fields=["merged_into"], condition=Q(merged_into__isnull=False), name="person_merged"
            ),
        )
    ]
