import core.models.bit_string
import datetime
import django.contrib.postgres.fields
import django.db.models.deletion
import uuid
import volunteers.models.volunteer
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('core', '0002_install_triggers'),
        ('core', '0002_install_triggers'),
        ('pghistory', '0007_auto_20250421_0444'),
    ]

    operations = [
        migrations.CreateModel(
            name='Volunteer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('source', models.CharField(blank=True, editable=False, max_length=64)),
                ('source_key', models.CharField(blank=True, editable=False, max_length=200)),
                ('assumed', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), blank=True, default=list, editable=False, size=None)),
                ('first_name', models.CharField(blank=True, max_length=80)),
                ('last_name', models.CharField(blank=True, max_length=80)),
                ('email', models.EmailField(blank=True, help_text='Of an unclaimed profile: the address for the invitation.', max_length=254)),
                ('contact', models.CharField(blank=True, help_text="For the members of a project. Empty: the account's address.", max_length=200)),
                ('adult', models.BooleanField(default=False, help_text='Says to be 18 or over.')),
                ('max_hours_per_week', models.PositiveSmallIntegerField(help_text='Most hours a week.')),
                ('max_projects', models.PositiveSmallIntegerField(default=1, help_text='Most projects at once.')),
                ('time_zone', models.CharField(max_length=64)),
                ('languages', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=10), default=volunteers.models.volunteer.default_languages, size=None)),
                ('wants_to_lead', models.BooleanField(default=False)),
                ('may_make_decisions', models.CharField(choices=[('yes', 'Yes'), ('no', 'No'), ('unsaid', 'Not said')], default='unsaid', help_text='May take decisions in campaigns here.', max_length=6)),
                ('job_restricts', models.CharField(choices=[('yes', 'Yes'), ('no', 'No'), ('unsaid', 'Not said')], default='unsaid', help_text='The job restricts political work.', max_length=6)),
                ('levels', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('federal', 'Federal'), ('state', 'State'), ('local', 'Local')], max_length=10), blank=True, default=list, size=None)),
                ('restrict_to_levels', models.BooleanField(default=False)),
                ('restrict_to_parties', models.BooleanField(default=False)),
                ('restrict_to_jurisdictions', models.BooleanField(default=False)),
                ('state', models.CharField(choices=[('active', 'Active'), ('paused', 'Paused'), ('left', 'Left')], default='active', editable=False, max_length=8)),
                ('waiting_since', models.DateTimeField(editable=False, help_text='Since sign-up, or the end of the last project.')),
                ('claimed_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('on_call', models.BooleanField(default=False, help_text='May be asked at any hour when a campaign has been hacked.')),
                ('rest_until', models.DateField(blank=True, editable=False, help_text='Rests after a project.', null=True)),
                ('availability_confirmed_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('left_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('answer_due_at', models.DateTimeField(blank=True, editable=False, help_text='Until when an answer is promised: an offer, or why there is none yet. Empty once it is given.', null=True)),
                ('answer_escalated_at', models.DateTimeField(blank=True, editable=False, help_text='When the reviewers were told that the answer is late.', null=True)),
                ('erased_at', models.DateTimeField(blank=True, editable=False, help_text='Since then anonymous: its matches are still counted.', null=True)),
                ('jurisdictions', models.ManyToManyField(blank=True, related_name='+', to='core.jurisdiction')),
                ('parties', models.ManyToManyField(blank=True, related_name='+', to='core.party')),
                ('user', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='volunteer', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'abstract': False,
                'indexes': [models.Index(fields=['time_zone'], name='volunteers_volunteer_zone'), models.Index(condition=models.Q(('answer_due_at__isnull', False)), fields=['answer_due_at'], name='volunteers_volunteer_promised')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('source', ''), _negated=True), fields=('source', 'source_key'), name='volunteers_volunteer_source'), models.CheckConstraint(condition=models.Q(('max_hours_per_week__range', (1, 60))), name='volunteers_volunteer_hours'), models.CheckConstraint(condition=models.Q(('max_projects__range', (1, 5))), name='volunteers_volunteer_projects'), models.CheckConstraint(condition=models.Q(('state__in', ['active', 'paused', 'left'])), name='volunteers_volunteer_state'), models.CheckConstraint(condition=models.Q(('may_make_decisions__in', ['yes', 'no', 'unsaid'])), name='volunteers_volunteer_decide'), models.CheckConstraint(condition=models.Q(('job_restricts__in', ['yes', 'no', 'unsaid'])), name='volunteers_volunteer_job'), models.CheckConstraint(condition=models.Q(models.Q(('claimed_at', None), ('user', None)), models.Q(('claimed_at__isnull', False), ('user__isnull', False)), _connector='OR'), name='volunteers_volunteer_claimed'), models.CheckConstraint(condition=models.Q(('user', None), ('adult', True), _connector='OR'), name='volunteers_volunteer_adult'), models.CheckConstraint(condition=models.Q(('erased_at', None), models.Q(('contact', ''), ('email', ''), ('first_name', ''), ('last_name', ''), ('state', 'left'), ('user', None)), _connector='OR'), name='volunteers_volunteer_erased'), models.CheckConstraint(condition=models.Q(('answer_due_at', None), models.Q(('state', 'active'), ('user__isnull', False)), _connector='OR'), name='volunteers_volunteer_promise'), models.CheckConstraint(condition=models.Q(('answer_escalated_at', None), ('answer_due_at__isnull', False), _connector='OR'), name='volunteers_volunteer_escalated'), models.CheckConstraint(condition=models.Q(('rest_until__range', (datetime.date(2000, 1, 1), datetime.date(2099, 12, 31)))), name='volunteers_volunteer_rest_until_bounds')],
            },
        ),
        migrations.CreateModel(
            name='FreeTime',
            fields=[
                ('volunteer', models.OneToOneField(editable=False, on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='free_time', serialize=False, to='volunteers.volunteer')),
                ('half_hours', core.models.bit_string.BitStringField(672, editable=False)),
            ],
        ),
        migrations.CreateModel(
            name='AvailabilityWindow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('weekday', models.PositiveSmallIntegerField(choices=[(0, 'Monday'), (1, 'Tuesday'), (2, 'Wednesday'), (3, 'Thursday'), (4, 'Friday'), (5, 'Saturday'), (6, 'Sunday')])),
                ('starts', models.TimeField()),
                ('ends', models.TimeField()),
                ('volunteer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='windows', to='volunteers.volunteer')),
            ],
            options={
                'ordering': ['weekday', 'starts'],
                'constraints': [models.UniqueConstraint(fields=('volunteer', 'weekday', 'starts'), name='volunteers_window_once'), models.CheckConstraint(condition=models.Q(('weekday__range', (0, 6))), name='volunteers_window_weekday'), models.CheckConstraint(condition=models.Q(('starts', models.F('ends')), _negated=True), name='volunteers_window_not_empty')],
            },
        ),
        migrations.CreateModel(
            name='Invitation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('invited_at', models.DateTimeField()),
                ('expires_at', models.DateTimeField()),
                ('used_at', models.DateTimeField(blank=True, null=True)),
                ('code_sent_at', models.DateTimeField(blank=True, null=True)),
                ('codes_sent', models.PositiveSmallIntegerField(default=0, help_text='Codes since there was none for a day.')),
                ('code_failures', models.PositiveSmallIntegerField(default=0, help_text='Wrong answers to the latest code.')),
                ('code_account', models.ForeignKey(blank=True, help_text='The account that the latest code is for.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('invited_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('volunteer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='invitations', to='volunteers.volunteer')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('used_at', None)), fields=('volunteer',), name='volunteers_invitation_one_open'), models.CheckConstraint(condition=models.Q(('codes_sent__lte', 5)), name='volunteers_invitation_codes'), models.CheckConstraint(condition=models.Q(('code_failures__lte', 5)), name='volunteers_invitation_failures')],
            },
        ),
        migrations.CreateModel(
            name='LevelQuestion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('asked_at', models.DateTimeField()),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
                ('skill', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.skill')),
                ('volunteer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='level_questions', to='volunteers.volunteer')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('answered_at', None)), fields=('volunteer', 'skill'), name='volunteers_levelquestion_one_open')],
            },
        ),
        migrations.CreateModel(
            name='SkillClaim',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('level', models.PositiveSmallIntegerField()),
                ('wants_to_use', models.BooleanField(default=True, help_text='Would like to use it.')),
                ('skill', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='claims', to='core.skill')),
                ('volunteer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='claims', to='volunteers.volunteer')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('volunteer', 'skill'), name='volunteers_skillclaim_once'), models.CheckConstraint(condition=models.Q(('level__range', (1, 5))), name='volunteers_skillclaim_level')],
            },
        ),
        migrations.CreateModel(
            name='TimeOff',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('starts_on', models.DateField()),
                ('ends_on', models.DateField()),
                ('volunteer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='time_off', to='volunteers.volunteer')),
            ],
            options={
                'verbose_name_plural': 'time off',
                'ordering': ['starts_on'],
                'constraints': [models.UniqueConstraint(fields=('volunteer', 'starts_on'), name='volunteers_timeoff_once'), models.CheckConstraint(condition=models.Q(('ends_on__gte', models.F('starts_on'))), name='volunteers_timeoff_dates'), models.CheckConstraint(condition=models.Q(('starts_on__range', (datetime.date(2000, 1, 1), datetime.date(2099, 12, 31)))), name='volunteers_timeoff_starts_on_bounds'), models.CheckConstraint(condition=models.Q(('ends_on__range', (datetime.date(2000, 1, 1), datetime.date(2099, 12, 31)))), name='volunteers_timeoff_ends_on_bounds')],
            },
        ),
        migrations.CreateModel(
            name='Vetting',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('area', models.CharField(choices=[('voter_files', 'Voter files'), ('money', 'Money'), ('ad_accounts', 'Ad accounts'), ('credentials', 'Credentials'), ('incidents', 'Security incidents')], max_length=20)),
                ('method', models.CharField(choices=[('call', 'Identity shown on a call'), ('vouched', 'Vouched for by two vetted people')], max_length=10)),
                ('created_at', models.DateTimeField()),
                ('valid_until', models.DateField()),
                ('reviewer', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('volunteer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='vettings', to='volunteers.volunteer')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('volunteer', 'area'), name='volunteers_vetting_once'), models.CheckConstraint(condition=models.Q(('area__in', ['voter_files', 'money', 'ad_accounts', 'credentials', 'incidents'])), name='volunteers_vetting_area'), models.CheckConstraint(condition=models.Q(('method__in', ['call', 'vouched'])), name='volunteers_vetting_method'), models.CheckConstraint(condition=models.Q(('valid_until__range', (datetime.date(2000, 1, 1), datetime.date(2099, 12, 31)))), name='volunteers_vetting_valid_until_bounds')],
            },
        ),
        migrations.CreateModel(
            name='VettingEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False)),
                ('area', models.CharField(choices=[('voter_files', 'Voter files'), ('money', 'Money'), ('ad_accounts', 'Ad accounts'), ('credentials', 'Credentials'), ('incidents', 'Security incidents')], max_length=20)),
                ('method', models.CharField(choices=[('call', 'Identity shown on a call'), ('vouched', 'Vouched for by two vetted people')], max_length=10)),
                ('created_at', models.DateTimeField()),
                ('valid_until', models.DateField()),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='volunteers.vetting')),
                ('reviewer', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('volunteer', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='volunteers.volunteer')),
            ],
            options={
                'abstract': False,
            },
        ),
    ]
