import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('affairs', '0001_initial'),
        ('base', '0002_calendarday_calendaryear'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='WorkbookBatch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('running', '正在生成'), ('done', '已生成'), ('failed', '未完成')], default='running', max_length=7, verbose_name='状态')),
                ('failure', models.CharField(blank=True, default='', max_length=500, verbose_name='未完成原因')),
                ('reason', models.CharField(max_length=200, verbose_name='用途')),
                ('made_at', models.DateTimeField(db_index=True, verbose_name='提交时间')),
                ('done_at', models.DateTimeField(null=True, verbose_name='完成时间')),
                ('year', models.PositiveSmallIntegerField(verbose_name='年度')),
                ('as_of', models.DateField(verbose_name='截至')),
                ('branches', models.JSONField(default=list, verbose_name='党支部')),
                ('chapters', models.JSONField(default=list, verbose_name='章节')),
                ('archive', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='base.file')),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='workbook_batches', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'running')), fields=('made_by',), name='workbook_batch_one_running'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'done'), _negated=True), models.Q(('archive__isnull', False), ('done_at__isnull', False)), _connector='OR'), name='workbook_batch_done_has_file')],
            },
        ),
    ]
