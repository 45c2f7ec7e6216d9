import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '__first__'),
        ('organizations', '0006_erased_on'),
    ]

    operations = [
        migrations.AlterField(
            model_name='approval',
            name='step',
            field=models.CharField(choices=[('founding', '设立'), ('renaming', '更名'), ('moving', '调整上级'), ('level', '同意设置层级'), ('election', '换届或选举'), ('extension', '延期换届'), ('dissolution', '撤销'), ('other', '其他'), ('restructuring', '支部调整方案'), ('candidates', '候选人预备人选'), ('result', '选举结果')], max_length=24, verbose_name='环节'),
        ),
        migrations.CreateModel(
            name='Restructuring',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(editable=False, verbose_name='登记时间')),
                ('updated_at', models.DateTimeField(editable=False, verbose_name='更新时间')),
                ('name', models.CharField(max_length=100, verbose_name='名称')),
                ('origin', models.CharField(choices=[('today', '从现状开始'), ('proposed', '推荐方案'), ('copy', '复制'), ('reversal', '恢复原结构')], max_length=8, verbose_name='来源')),
                ('state', models.CharField(choices=[('draft', '草案'), ('submitted', '待审批'), ('approved', '已批准'), ('enacted', '已实施'), ('withdrawn', '已作废')], db_index=True, default='draft', max_length=9, verbose_name='状态')),
                ('facts_on', models.DateField(verbose_name='人员截至')),
                ('effective_on', models.DateField(verbose_name='实施日期')),
                ('basis', models.CharField(blank=True, default='', max_length=500, verbose_name='原因和依据')),
                ('parameters', models.JSONField(default=dict, verbose_name='参数')),
                ('choices', models.JSONField(default=dict, verbose_name='选择')),
                ('submitted_at', models.DateTimeField(blank=True, null=True, verbose_name='提交审批时间')),
                ('enacted_at', models.DateTimeField(blank=True, null=True, verbose_name='实施登记时间')),
                ('hindrance', models.CharField(blank=True, default='', max_length=500, verbose_name='未能实施的原因')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='版本')),
                ('approval', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='restructurings', to='organizations.approval')),
                ('committee', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='restructurings_decided', to='organizations.organization')),
                ('enacted_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('root', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='restructurings', to='organizations.organization')),
                ('source', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='followers', to='organizations.restructuring')),
                ('submitted_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('enacted_at__isnull', False), ('state', 'enacted')), models.Q(models.Q(('state', 'enacted'), _negated=True), ('enacted_at__isnull', True)), _connector='OR'), name='restructuring_enacted_says_when'), models.CheckConstraint(condition=models.Q(models.Q(('approval__isnull', False), ('state__in', ['approved', 'enacted'])), models.Q(('state__in', ['approved', 'enacted']), _negated=True), _connector='OR'), name='restructuring_approved_says_by_what')],
            },
        ),
        migrations.CreateModel(
            name='PlannedOrganization',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('general_branch', '党总支'), ('branch', '党支部'), ('joint_branch', '联合党支部')], max_length=18, verbose_name='类别')),
                ('name', models.CharField(max_length=100, verbose_name='名称')),
                ('rank', models.IntegerField(default=0, verbose_name='排序')),
                ('reasons', models.JSONField(default=list, verbose_name='理由')),
                ('next_best', models.IntegerField(blank=True, null=True, verbose_name='次优代价')),
                ('is_touched', models.BooleanField(default=False, verbose_name='手工改动过')),
                ('above', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='below', to='organizations.plannedorganization')),
                ('continues', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization')),
                ('founded', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='planned_as', to='organizations.organization')),
                ('leader', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='planned_leads', to='organizations.person')),
                ('unit', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization')),
                ('restructuring', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='planned', to='organizations.restructuring')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('continues__isnull', False)), fields=('restructuring', 'continues'), name='planned_continues_once')],
            },
        ),
        migrations.CreateModel(
            name='RestructuringLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('found', '新设'), ('continue', '保留'), ('rename', '更名'), ('move', '调整上级'), ('split', '分设'), ('merge', '合并'), ('dissolve', '撤销'), ('appoint', '指定负责人')], max_length=8, verbose_name='变动')),
                ('members', models.PositiveIntegerField(default=0, verbose_name='党员')),
                ('order', models.PositiveIntegerField(default=0, verbose_name='顺序')),
                ('on', models.DateField(verbose_name='日期')),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='restructuring_lines', to='organizations.organization')),
                ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.person')),
                ('restructuring', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='organizations.restructuring')),
                ('successor', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='restructuring_lines_to', to='organizations.organization')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('kind', 'dissolve'), _negated=True), ('successor__isnull', False), _connector='OR'), name='restructuring_line_names_successor')],
            },
        ),
        migrations.CreateModel(
            name='Seat',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('standing', models.CharField(choices=[('', '未填'), ('masses', '群众'), ('league_member', '共青团员'), ('other_party', '民主党派或无党派'), ('applicant', '入党申请人'), ('activist', '入党积极分子'), ('candidate', '发展对象'), ('probationary_member', '中共预备党员'), ('full_member', '中共党员')], max_length=20, verbose_name='党员类别')),
                ('branch', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization')),
                ('membership_in', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='seats', to='organizations.person')),
                ('place', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='organizations.place')),
                ('planned', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='seats', to='organizations.plannedorganization')),
                ('restructuring', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='seats', to='organizations.restructuring')),
                ('section', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('restructuring', 'person'), name='seat_once_in_a_plan')],
            },
        ),
        migrations.CreateModel(
            name='StructureRun',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('running', '正在计算'), ('done', '已完成'), ('failed', '未完成')], default='running', max_length=7, verbose_name='状态')),
                ('input', models.JSONField(default=dict, verbose_name='输入')),
                ('output', models.JSONField(default=dict, verbose_name='结果')),
                ('input_sha256', models.CharField(max_length=64, verbose_name='输入摘要')),
                ('version', models.CharField(blank=True, default='', max_length=20, verbose_name='算法版本')),
                ('seconds', models.FloatField(null=True, verbose_name='用时')),
                ('failure', models.CharField(blank=True, default='', max_length=500, verbose_name='未完成原因')),
                ('made_at', models.DateTimeField(verbose_name='提交时间')),
                ('done_at', models.DateTimeField(null=True, verbose_name='完成时间')),
                ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('root', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='structure_runs', to='organizations.organization')),
            ],
        ),
        migrations.AddField(
            model_name='restructuring',
            name='run',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='restructurings', to='organizations.structurerun'),
        ),
        migrations.CreateModel(
            name='PlanReason',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('rule', models.CharField(max_length=40, verbose_name='规则编号')),
                ('facts', models.JSONField(default=dict, verbose_name='依据的数字')),
                ('reason', models.CharField(max_length=500, verbose_name='理由')),
                ('made_at', models.DateTimeField(verbose_name='登记时间')),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('planned', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='plan_reasons', to='organizations.plannedorganization')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('planned', 'rule'), name='plan_reason_once_a_rule'), models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='plan_reason_says_why')],
            },
        ),
    ]
