from typing import Any

from django.db import migrations, models


def keep_nothing_of_talks(apps: Any, schema_editor: Any) -> None:
    """Talks are recorded as held, whoever put their kind in place."""
    apps.get_model("meetings", "MeetingKind").objects.filter(key="talk").update(keeps_minutes=False)


class Migration(migrations.Migration):

    dependencies = [
        ('meetings', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='meetingkind',
            name='keeps_minutes',
            field=models.BooleanField(default=True, verbose_name='保留内容'),
        ),
        migrations.RunPython(keep_nothing_of_talks, migrations.RunPython.noop),
    ]
