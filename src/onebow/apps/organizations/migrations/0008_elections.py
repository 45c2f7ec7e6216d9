import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '__first__'),
        ('organizations', '0007_restructuring'),
    ]

    operations = [
        migrations.AlterField(
            model_name='approval',
            name='step',
            field=models.CharField(choices=[('founding', '设立'), ('renaming', '更名'), ('moving', '调整上级'), ('level', '同意设置层级'), ('election', '换届或选举'), ('extension', '延期换届'), ('dissolution', '撤销'), ('other', '其他'), ('restructuring', '支部调整方案'), ('candidates', '候选人预备人选'), ('result', '选举结果'), ('appointment', '任命书记、副书记')], max_length=24, verbose_name='环节'),
        ),
        migrations.AlterField(
            model_name='post',
            name='role',
            field=models.CharField(choices=[('secretary', '书记'), ('deputy_secretary', '副书记'), ('organization_member', '组织委员'), ('publicity_member', '宣传委员'), ('discipline_member', '纪检委员'), ('committee_member', '委员'), ('group_leader', '党小组组长'), ('unit_head', '行政负责人'), ('deputy_head', '行政副职'), ('chair', '工会主席'), ('pioneer', '党员先锋岗')], max_length=20, verbose_name='职责'),
        ),
        migrations.CreateModel(
            name='Election',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(editable=False, verbose_name='登记时间')),
                ('updated_at', models.DateTimeField(editable=False, verbose_name='更新时间')),
                ('occasion', models.CharField(choices=[('founding', '成立选举'), ('term', '换届选举'), ('vacancy', '补选')], max_length=8, verbose_name='事由')),
                ('manner', models.CharField(choices=[('committee', '党员大会选委员,委员会选书记'), ('direct', '党员大会直接选书记')], max_length=9, verbose_name='方式')),
                ('seats', models.PositiveSmallIntegerField(default=0, verbose_name='委员名额')),
                ('secretaries', models.PositiveSmallIntegerField(default=1, verbose_name='书记名额')),
                ('deputies', models.PositiveSmallIntegerField(default=0, verbose_name='副书记名额')),
                ('state', models.CharField(choices=[('preparing', '筹备'), ('submitted', '候选人待批'), ('approved', '候选人已批'), ('held', '已选举,待批复'), ('finished', '已完成'), ('cancelled', '已取消')], db_index=True, default='preparing', max_length=9, verbose_name='状态')),
                ('held_on', models.DateField(verbose_name='选举日期')),
                ('given_up', models.PositiveSmallIntegerField(default=0, verbose_name='减少的名额')),
                ('agreed', models.PositiveIntegerField(blank=True, null=True, verbose_name='同意减少名额的人数')),
                ('note', models.CharField(blank=True, default='', max_length=500, verbose_name='退回或取消的原因')),
                ('asked_at', models.DateTimeField(blank=True, null=True, verbose_name='报批时间')),
                ('term_ends_on', models.DateField(blank=True, null=True, verbose_name='届满日期')),
                ('finished_at', models.DateTimeField(blank=True, null=True, verbose_name='完成时间')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='版本')),
                ('asked_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('candidates_approval', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.approval')),
                ('chair', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.person')),
                ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='elections', to='organizations.organization')),
                ('result_approval', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.approval')),
                ('superior', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='elections_approved', to='organizations.organization')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('state__in', ['preparing', 'submitted', 'approved', 'held'])), fields=('organization',), name='election_one_open'), models.CheckConstraint(condition=models.Q(models.Q(('finished_at__isnull', False), ('result_approval__isnull', False), ('state', 'finished')), models.Q(models.Q(('state', 'finished'), _negated=True), ('finished_at__isnull', True)), _connector='OR'), name='election_finished_says_when_and_by_what'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['approved', 'held', 'finished']), _negated=True), ('candidates_approval__isnull', False), _connector='OR'), name='election_goes_on_with_approved_candidates'), models.CheckConstraint(condition=models.Q(('seats__gt', 0), ('secretaries__gt', 0), ('deputies__gt', 0), _connector='OR'), name='election_elects_somebody'), models.CheckConstraint(condition=models.Q(('manner', 'committee'), ('seats', 0), _connector='OR'), name='election_seats_by_manner')],
            },
        ),
        migrations.CreateModel(
            name='Ballot',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('office', models.CharField(choices=[('member', '委员'), ('secretary', '书记'), ('deputy', '副书记')], max_length=9, verbose_name='职务')),
                ('round', models.PositiveSmallIntegerField(verbose_name='轮次')),
                ('body', models.CharField(choices=[('meeting', '党员大会'), ('committee', '委员会会议')], max_length=9, verbose_name='会议')),
                ('seats', models.PositiveSmallIntegerField(verbose_name='应选名额')),
                ('due', models.PositiveIntegerField(verbose_name='应到')),
                ('present', models.PositiveIntegerField(verbose_name='实到')),
                ('issued', models.PositiveIntegerField(verbose_name='发出选票')),
                ('collected', models.PositiveIntegerField(verbose_name='收回选票')),
                ('void', models.PositiveIntegerField(verbose_name='废票')),
                ('struck', models.CharField(blank=True, default='', max_length=200, verbose_name='作废原因')),
                ('recorded_at', models.DateTimeField(verbose_name='登记时间')),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('election', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='ballots', to='organizations.election')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('struck', '')), fields=('election', 'office', 'round'), name='ballot_round_once'), models.CheckConstraint(condition=models.Q(('present__lte', models.F('due')), ('seats__gt', 0), ('void__lte', models.F('collected'))), name='ballot_counts_can_be')],
            },
        ),
        migrations.CreateModel(
            name='Absence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('why', models.CharField(choices=[('probation', '受留党察看处分'), ('detained', '被留置、拘留或逮捕'), ('speechless', '患病不能表达本人意志'), ('abroad', '自费出国半年以上'), ('sentenced', '正在服刑'), ('bedridden', '年老体弱卧床不起'), ('away', '外出半年以上,按规定应转走组织关系而没有转')], max_length=10, verbose_name='原因')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.person')),
                ('election', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='absences', to='organizations.election')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('election', 'person'), name='absence_once_in_an_election')],
            },
        ),
        migrations.CreateModel(
            name='FormerTerm',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('term_ends_on', models.DateField(null=True, verbose_name='届满日期')),
                ('until', models.DateField(verbose_name='至')),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='former_terms', to='organizations.organization')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('organization', 'until'), name='former_term_once_a_day')],
            },
        ),
        migrations.AddField(
            model_name='election',
            name='former_term',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.formerterm'),
        ),
        migrations.CreateModel(
            name='Helper',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('part', models.CharField(choices=[('scrutineer', '监票人'), ('teller', '计票人')], max_length=10, verbose_name='分工')),
                ('election', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='helpers', to='organizations.election')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.person')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('election', 'person'), name='helper_once_in_an_election')],
            },
        ),
        migrations.CreateModel(
            name='Winner',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('office', models.CharField(choices=[('member', '委员'), ('secretary', '书记'), ('deputy', '副书记')], max_length=9, verbose_name='职务')),
                ('role', models.CharField(choices=[('secretary', '书记'), ('deputy_secretary', '副书记'), ('organization_member', '组织委员'), ('publicity_member', '宣传委员'), ('discipline_member', '纪检委员'), ('committee_member', '委员'), ('group_leader', '党小组组长'), ('unit_head', '行政负责人'), ('deputy_head', '行政副职'), ('chair', '工会主席'), ('pioneer', '党员先锋岗')], max_length=20, verbose_name='分工')),
                ('yes', models.PositiveIntegerField(verbose_name='得票')),
                ('election', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='winners', to='organizations.election')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.person')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('election', 'person', 'office'), name='winner_once_for_an_office')],
            },
        ),
        migrations.CreateModel(
            name='BallotLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('is_written_in', models.BooleanField(default=False, verbose_name='另选人')),
                ('yes', models.PositiveIntegerField(default=0, verbose_name='赞成')),
                ('no', models.PositiveIntegerField(default=0, verbose_name='不赞成')),
                ('abstained', models.PositiveIntegerField(default=0, verbose_name='弃权')),
                ('ballot', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='organizations.ballot')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.person')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('ballot', 'person'), name='ballot_line_once')],
            },
        ),
        migrations.CreateModel(
            name='Candidate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('office', models.CharField(choices=[('member', '委员'), ('secretary', '书记'), ('deputy', '副书记')], max_length=9, verbose_name='职务')),
                ('reason', models.CharField(blank=True, default='', max_length=200, verbose_name='提名理由')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='candidacies', to='organizations.person')),
                ('election', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='candidates', to='organizations.election')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('election', 'person', 'office'), name='candidate_once_for_an_office')],
            },
        ),
    ]
