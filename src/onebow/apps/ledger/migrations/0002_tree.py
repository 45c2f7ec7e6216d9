"""Entries get bodies, leaves and a tree. The tables of 0.1.0 are set aside; the next migration takes them over."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("ledger", "0001_initial")]

    operations = [
        migrations.RemoveIndex("entry", "ledger_entr_source_4a141c_idx"),
        migrations.RemoveConstraint("entryperson", "entry_person_once"),
        migrations.RenameModel("EntryPerson", "FormerEntryPerson"),
        migrations.RenameModel("Entry", "FormerEntry"),
        migrations.CreateModel(
            name='Entry',
            fields=[
                ('id', models.BigIntegerField(primary_key=True, serialize=False, verbose_name='编号')),
                ('kind', models.CharField(max_length=48, verbose_name='事项')),
                ('happened_on', models.DateField(verbose_name='发生日期')),
                ('recorded_at', models.DateTimeField(verbose_name='记录时间')),
                ('organization_id', models.BigIntegerField(null=True, verbose_name='组织')),
                ('by_id', models.BigIntegerField(null=True, verbose_name='记录人账号')),
                ('source', models.CharField(default='', max_length=48, verbose_name='来源')),
                ('source_id', models.BigIntegerField(null=True, verbose_name='来源编号')),
                ('quantity', models.BigIntegerField(null=True, verbose_name='数量(万分之一)')),
                ('late', models.BooleanField(default=False, verbose_name='补录')),
                ('leaf', models.BinaryField(max_length=32, verbose_name='存证摘要')),
                ('correction_of', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='correction', to='ledger.entry')),
            ],
        ),
        migrations.CreateModel(
            name='Head',
            fields=[
                ('id', models.BigIntegerField(primary_key=True, serialize=False, verbose_name='编号')),
                ('size', models.BigIntegerField(verbose_name='条数')),
                ('root', models.CharField(max_length=64, verbose_name='根摘要')),
                ('time', models.CharField(max_length=20, verbose_name='签名时间')),
                ('key_id', models.CharField(max_length=48, verbose_name='密钥编号')),
                ('signature', models.CharField(max_length=128, verbose_name='签名')),
            ],
        ),
        migrations.CreateModel(
            name='Tally',
            fields=[
                ('pk', models.CompositePrimaryKey('organization_id', 'month', 'kind', blank=True, editable=False, primary_key=True, serialize=False)),
                ('organization_id', models.BigIntegerField(verbose_name='组织')),
                ('month', models.DateField(verbose_name='月份')),
                ('kind', models.CharField(max_length=48, verbose_name='事项')),
                ('count', models.BigIntegerField(verbose_name='条数')),
                ('sum', models.BigIntegerField(verbose_name='合计(万分之一)')),
            ],
        ),
        migrations.CreateModel(
            name='EntryBody',
            fields=[
                ('entry', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='body', serialize=False, to='ledger.entry')),
                ('salt', models.BinaryField(max_length=16, verbose_name='盐')),
                ('canonical', models.TextField(verbose_name='规范内容')),
            ],
        ),
        migrations.CreateModel(
            name='Erasure',
            fields=[
                ('entry', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='erasure', serialize=False, to='ledger.entry')),
                ('told_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='erased', to='ledger.entry')),
            ],
        ),
        migrations.CreateModel(
            name='LateDecision',
            fields=[
                ('entry', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='late_decision', serialize=False, to='ledger.entry')),
                ('accepted', models.BooleanField(verbose_name='计入')),
                ('decision', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='decided', to='ledger.entry')),
            ],
        ),
        migrations.CreateModel(
            name='EntryPerson',
            fields=[
                ('pk', models.CompositePrimaryKey('entry_id', 'person_id', 'part', blank=True, editable=False, primary_key=True, serialize=False)),
                ('person_id', models.BigIntegerField(verbose_name='人员')),
                ('part', models.CharField(default='subject', max_length=24, verbose_name='身份')),
                ('entry', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='people', to='ledger.entry')),
            ],
        ),
        migrations.CreateModel(
            name='Tree',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('size', models.BigIntegerField(default=0, verbose_name='条数')),
                ('peaks', models.BinaryField(default=b'', verbose_name='边缘摘要')),
                ('last_at', models.DateTimeField(null=True, verbose_name='最近记录时间')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('pk', 1)), name='ledger_tree_one_row')],
            },
        ),
        migrations.AddIndex(
            model_name='entry',
            index=models.Index(fields=['happened_on', 'id'], name='entry_by_day'),
        ),
        migrations.AddIndex(
            model_name='entry',
            index=models.Index(fields=['organization_id', 'kind', 'happened_on', 'id'], name='entry_by_organization'),
        ),
        migrations.AddIndex(
            model_name='entry',
            index=models.Index(fields=['kind', 'happened_on', 'id'], name='entry_by_kind'),
        ),
        migrations.AddIndex(
            model_name='entry',
            index=models.Index(fields=['source', 'source_id'], name='entry_by_source'),
        ),
        migrations.AddIndex(
            model_name='entry',
            index=models.Index(condition=models.Q(('late', True)), fields=['id'], name='entry_late'),
        ),
        migrations.AddIndex(
            model_name='entry',
            index=models.Index(condition=models.Q(('by_id__isnull', False)), fields=['by_id', 'id'], name='entry_by_recorder'),
        ),
        migrations.AddIndex(
            model_name='entryperson',
            index=models.Index(fields=['person_id', 'entry'], name='entry_by_person'),
        ),
    ]
