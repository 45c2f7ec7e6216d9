import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '__first__'),
        ('base', '0002_calendarday_calendaryear'),
        ('organizations', '0010_list_batch'),
        ('plans', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Meeting',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(editable=False, verbose_name='登记时间')),
                ('updated_at', models.DateTimeField(editable=False, verbose_name='更新时间')),
                ('title', models.CharField(max_length=200, verbose_name='主题')),
                ('planned_at', models.DateTimeField(blank=True, null=True, verbose_name='计划时间')),
                ('place', models.CharField(blank=True, default='', max_length=100, verbose_name='地点')),
                ('state', models.CharField(choices=[('planned', '已安排'), ('held', '已召开'), ('cancelled', '已取消'), ('void', '已作废')], default='planned', max_length=9, verbose_name='状态')),
                ('held_on', models.DateField(blank=True, null=True, verbose_name='召开日期')),
                ('began', models.TimeField(blank=True, null=True, verbose_name='开始时间')),
                ('hours', models.DecimalField(blank=True, decimal_places=2, max_digits=5, null=True, verbose_name='时长(小时)')),
                ('minutes', models.TextField(blank=True, default='', verbose_name='会议记录')),
                ('cancel_reason', models.CharField(blank=True, default='', max_length=300, verbose_name='取消原因')),
                ('due', models.PositiveIntegerField(default=0, verbose_name='应到')),
                ('present', models.PositiveIntegerField(default=0, verbose_name='实到')),
                ('needed', models.PositiveIntegerField(default=0, verbose_name='法定人数')),
                ('entry_id', models.BigIntegerField(blank=True, null=True, verbose_name='台账条目')),
                ('recorded_at', models.DateTimeField(blank=True, null=True, verbose_name='记录时间')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='版本')),
                ('chair', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.person', verbose_name='主持人')),
                ('directive', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='meetings', to='plans.directive')),
                ('drive', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='meetings', to='plans.drive')),
                ('item', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='meetings', to='plans.item')),
                ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('occurrence', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='plans.occurrence')),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='meetings', to='organizations.organization')),
                ('recorded_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('recorder', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.person', verbose_name='记录人')),
            ],
            options={
                'indexes': [models.Index(fields=['organization', 'held_on'], name='meetings_me_organiz_f7bc06_idx'), models.Index(fields=['state', 'planned_at'], name='meetings_me_state_16f823_idx')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('entry_id__isnull', False), ('held_on__isnull', False), ('hours__isnull', False), ('state__in', ['held', 'void'])), models.Q(('held_on__isnull', True), ('state__in', ['planned', 'cancelled'])), _connector='OR'), name='meeting_held_says_when'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'planned'), _negated=True), ('planned_at__isnull', False), _connector='OR'), name='meeting_has_a_day'), models.CheckConstraint(condition=models.Q(('hours__isnull', True), ('hours__gt', 0), _connector='OR'), name='meeting_hours_positive')],
            },
        ),
        migrations.CreateModel(
            name='Attachment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('added_at', models.DateTimeField(verbose_name='添加时间')),
                ('file', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='base.file')),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='attachments', to='meetings.meeting')),
            ],
        ),
        migrations.CreateModel(
            name='MeetingKind',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('starts_on', models.DateField(blank=True, null=True, verbose_name='起始日期')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='截止日期')),
                ('key', models.CharField(max_length=40, verbose_name='编号')),
                ('name', models.CharField(max_length=60, verbose_name='名称')),
                ('pack', models.CharField(blank=True, default='', max_length=40, verbose_name='工作法')),
                ('pack_version', models.CharField(blank=True, default='', max_length=20, verbose_name='工作法版本')),
                ('side', models.CharField(choices=[('party', '党建'), ('business', '业务'), ('both', '党建和业务')], default='party', max_length=8, verbose_name='归属')),
                ('due_to', models.CharField(choices=[('members', '全体党员'), ('committee', '委员会成员'), ('group', '党小组党员'), ('staff', '全体人员'), ('invited', '参加人员')], max_length=9, verbose_name='应到范围')),
                ('quorum', models.CharField(blank=True, choices=[('', '不要求'), ('voters', '有表决权党员过半数规则'), ('committee', '委员会成员半数')], default='', max_length=9, verbose_name='到会规则')),
                ('is_study', models.BooleanField(default=False, verbose_name='计学时')),
                ('is_restricted', models.BooleanField(default=False, verbose_name='内容受限')),
                ('usual_hours', models.DecimalField(decimal_places=2, default=1, max_digits=5, verbose_name='通常时长')),
                ('passes', models.BooleanField(default=False, verbose_name='可形成决议')),
                ('order', models.PositiveSmallIntegerField(default=0, verbose_name='顺序')),
                ('scope', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization')),
            ],
            options={
                'ordering': ['order', 'pk'],
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(('starts_on__isnull', True), ('ends_on__isnull', True), ('ends_on__gt', models.F('starts_on')), _connector='OR'), name='meetings_meetingkind_ends_after_start'), models.UniqueConstraint(condition=models.Q(('ends_on', None)), fields=('scope', 'key'), name='meetings_meetingkind_open_once')],
            },
        ),
        migrations.CreateModel(
            name='MeetingAlso',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='also', to='meetings.meeting')),
                ('kind', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='meetings.meetingkind')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('meeting', 'kind'), name='meeting_also_once')],
            },
        ),
        migrations.AddField(
            model_name='meeting',
            name='kind',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='meetings', to='meetings.meetingkind'),
        ),
        migrations.CreateModel(
            name='MeetingUnit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='units', to='meetings.meeting')),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('meeting', 'organization'), name='meeting_unit_once')],
            },
        ),
        migrations.CreateModel(
            name='Resolution',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('order', models.PositiveSmallIntegerField(verbose_name='顺序')),
                ('text', models.CharField(max_length=500, verbose_name='决议')),
                ('yes', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='赞成')),
                ('no', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='反对')),
                ('abstained', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='弃权')),
                ('passed', models.BooleanField(verbose_name='通过')),
                ('due_on', models.DateField(blank=True, null=True, verbose_name='完成期限')),
                ('item', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='resolutions', to='plans.item')),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='resolutions', to='meetings.meeting')),
                ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.person', verbose_name='责任人')),
            ],
            options={
                'ordering': ['meeting', 'order'],
                'constraints': [models.UniqueConstraint(fields=('meeting', 'order'), name='resolution_once')],
            },
        ),
        migrations.CreateModel(
            name='Attendance',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('present', '出席'), ('leave', '请假'), ('absent', '缺席')], max_length=7, verbose_name='出席情况')),
                ('reason', models.CharField(blank=True, choices=[('private', '事假'), ('sick', '病假'), ('trip', '出差'), ('training', '脱产培训')], default='', max_length=8, verbose_name='请假事由')),
                ('is_due', models.BooleanField(default=True, verbose_name='应到')),
                ('votes', models.BooleanField(default=False, verbose_name='有表决权')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='attendance', to='organizations.person')),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='attendance', to='meetings.meeting')),
            ],
            options={
                'indexes': [models.Index(fields=['person', 'state'], name='meetings_at_person__9bbfbb_idx')],
                'constraints': [models.UniqueConstraint(fields=('meeting', 'person'), name='attendance_once')],
            },
        ),
        migrations.CreateModel(
            name='AgendaPoint',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('order', models.PositiveSmallIntegerField(verbose_name='顺序')),
                ('text', models.CharField(max_length=200, verbose_name='议题')),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='agenda', to='meetings.meeting')),
            ],
            options={
                'ordering': ['meeting', 'order'],
                'constraints': [models.UniqueConstraint(fields=('meeting', 'order'), name='agenda_point_once')],
            },
        ),
        migrations.AddIndex(
            model_name='meeting',
            index=models.Index(fields=['kind', 'held_on'], name='meetings_me_kind_id_dc23db_idx'),
        ),
    ]
