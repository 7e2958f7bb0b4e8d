import datetime
import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.text
import django.utils.timezone
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
    ]

    operations = [
        migrations.CreateModel(
            name='FormKey',
            fields=[
                ('digest', models.CharField(help_text='SHA-256 of the account, the address, the key and what was typed.', max_length=64, primary_key=True, serialize=False)),
                ('location', models.CharField(blank=True, help_text='The page that was shown next.', max_length=2000)),
                ('created_at', models.DateTimeField(db_index=True)),
            ],
        ),
        migrations.CreateModel(
            name='Jurisdiction',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=20, unique=True)),
                ('name', models.CharField(max_length=80)),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='core.jurisdiction')),
            ],
            options={
                'ordering': ['name'],
                'constraints': [models.CheckConstraint(condition=models.Q(('parent__isnull', True), models.Q(('parent', models.F('id')), _negated=True), _connector='OR'), name='core_jurisdiction_not_own_parent')],
            },
        ),
        migrations.CreateModel(
            name='Party',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(max_length=80, unique=True)),
                ('name', models.CharField(max_length=80)),
            ],
            options={
                'verbose_name_plural': 'parties',
                'ordering': ['name'],
            },
        ),
        migrations.CreateModel(
            name='RateCounter',
            fields=[
                ('key', models.CharField(max_length=250, primary_key=True, serialize=False)),
                ('value', models.JSONField(help_text='Times in seconds since 1970, the newest first, or what allauth stores.')),
                ('was_allowed', models.BooleanField(default=True, help_text='Whether the last request was within the limit.')),
                ('expires_at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='SecretLetter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('encrypted', models.TextField(help_text='JSON of the address, the subject and the text.')),
                ('created_at', models.DateTimeField()),
                ('due_at', models.DateTimeField(help_text='The next attempt is not made before; moves on with each failure.')),
                ('expires_at', models.DateTimeField(help_text='From then on the letter is of no use, and is not sent.')),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
            ],
            options={
                'indexes': [models.Index(fields=['due_at'], name='core_secretletter_due')],
                'constraints': [models.CheckConstraint(condition=models.Q(('expires_at__gt', models.F('created_at'))), name='core_secretletter_ends')],
            },
        ),
        migrations.CreateModel(
            name='ShippedEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=20)),
                ('code', models.CharField(max_length=80)),
                ('fields', models.JSONField()),
            ],
            options={
                'verbose_name_plural': 'shipped entries',
                'constraints': [models.UniqueConstraint(fields=('kind', 'code'), name='core_shippedentry_once')],
            },
        ),
        migrations.CreateModel(
            name='Skill',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(unique=True)),
                ('name', models.CharField(max_length=80)),
                ('description', models.CharField(blank=True, max_length=200)),
                ('vetted_for', models.CharField(blank=True, choices=[('voter_files', 'Voter files'), ('money', 'Money'), ('ad_accounts', 'Ad accounts'), ('credentials', 'Credentials'), ('incidents', 'Security incidents')], help_text='A new role that asks for this skill also asks for this vetting mark, unless it is changed there.', max_length=20)),
                ('retired', models.BooleanField(default=False, help_text='No longer offered; volunteers who have it keep it.')),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='core.skill')),
            ],
            options={
                'ordering': ['name'],
                'constraints': [models.CheckConstraint(condition=models.Q(('parent__isnull', True), models.Q(('parent', models.F('id')), _negated=True), _connector='OR'), name='core_skill_not_own_parent'), models.CheckConstraint(condition=models.Q(('vetted_for__in', ['', 'voter_files', 'money', 'ad_accounts', 'credentials', 'incidents'])), name='core_skill_area')],
            },
        ),
        migrations.CreateModel(
            name='SkillAlias',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.CharField(max_length=60)),
                ('folded', models.CharField(editable=False, max_length=120)),
                ('is_example', models.BooleanField(default=False, help_text='Shown beside the skill on forms.')),
                ('skill', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='aliases', to='core.skill')),
            ],
            options={
                'verbose_name_plural': 'skill aliases',
                'ordering': ['text', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('skill', 'folded'), name='core_skillalias_once'), models.CheckConstraint(condition=models.Q(('folded', ''), _negated=True), name='core_skillalias_folded')],
            },
        ),
        migrations.CreateModel(
            name='UnknownSkillWord',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('word', models.CharField(max_length=60)),
                ('folded', models.CharField(max_length=120, unique=True)),
                ('day_count', models.PositiveIntegerField(default=1, help_text='Number of days on which it was looked for.')),
                ('first_on', models.DateField(help_text='The first of these days.')),
                ('last_on', models.DateField(help_text='The last of these days.')),
            ],
            options={
                'ordering': ['-day_count', '-last_on', 'folded'],
                'constraints': [models.CheckConstraint(condition=models.Q(('day_count__gte', 1), ('first_on__lte', models.F('last_on'))), name='core_unknownskillword_days'), models.CheckConstraint(condition=models.Q(('folded', ''), _negated=True), name='core_unknownskillword_folded')],
            },
        ),
        migrations.CreateModel(
            name='User',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('is_superuser', models.BooleanField(default=False, help_text='Designates that this user has all permissions without explicitly assigning them.', verbose_name='superuser status')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('email', models.EmailField(max_length=254, unique=True, verbose_name='email address')),
                ('language', models.CharField(default='en', max_length=10)),
                ('is_active', models.BooleanField(default=True)),
                ('is_staff', models.BooleanField(default=False, verbose_name='reviewer')),
                ('conduct_accepted_at', models.DateTimeField(blank=True, help_text='When they accepted the code of conduct.', null=True)),
                ('is_reminded_a_day_before', models.BooleanField(default=True, help_text='Gets a reminder a day before each meeting of a project.')),
                ('is_reminded_an_hour_before', models.BooleanField(default=False, help_text='Gets a reminder an hour before each meeting of a project.')),
                ('last_digest_at', models.DateTimeField(blank=True, editable=False, help_text='Their last daily letter.', null=True)),
                ('session_generation', models.PositiveIntegerField(default=0, editable=False, help_text='Counts up when all sessions of the account end.')),
                ('joined_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('groups', models.ManyToManyField(blank=True, help_text='The groups this user belongs to. A user will get all permissions granted to each of their groups.', related_name='user_set', related_query_name='user', to='auth.group', verbose_name='groups')),
                ('user_permissions', models.ManyToManyField(blank=True, help_text='Specific permissions for this user.', related_name='user_set', related_query_name='user', to='auth.permission', verbose_name='user permissions')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('email', django.db.models.functions.text.Lower('email'))), name='core_user_email_lower')],
            },
        ),
        migrations.CreateModel(
            name='FactorRecovery',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('state', models.CharField(choices=[('requested', 'Waits for a second reviewer'), ('approved', 'Waits for a day'), ('done', 'Done'), ('stopped', 'Stopped'), ('expired', 'Not approved in time')], default='requested', editable=False, max_length=10)),
                ('callback', models.CharField(help_text='How the person was called back, and by what you knew them.', max_length=500)),
                ('requested_at', models.DateTimeField()),
                ('expires_at', models.DateTimeField(help_text='A second reviewer approves it before.')),
                ('approved_at', models.DateTimeField(blank=True, null=True)),
                ('due_at', models.DateTimeField(blank=True, help_text='When the factor is removed.', null=True)),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('role_lost_at', models.DateTimeField(blank=True, editable=False, help_text='When one of its two reviewers lost that role. It is stopped then, even if the role came back.', null=True)),
                ('approved_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='factor_recoveries', to=settings.AUTH_USER_MODEL)),
                ('requested_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('stopped_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name_plural': 'factor recoveries',
                'indexes': [models.Index(condition=models.Q(('state__in', ['requested', 'approved'])), fields=['state'], name='core_factorrecovery_open')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('state__in', ['requested', 'approved'])), fields=('person',), name='core_factorrecovery_one_open'), models.CheckConstraint(condition=models.Q(('state__in', ['requested', 'approved', 'done', 'stopped', 'expired'])), name='core_factorrecovery_state'), models.CheckConstraint(condition=models.Q(models.Q(('requested_by', models.F('person')), _negated=True), models.Q(('approved_by', models.F('person')), _negated=True), models.Q(('approved_by', models.F('requested_by')), _negated=True)), name='core_factorrecovery_two_others'), models.CheckConstraint(condition=models.Q(('callback', ''), _negated=True), name='core_factorrecovery_callback'), models.CheckConstraint(condition=models.Q(('expires_at', django.db.models.expressions.CombinedExpression(models.F('requested_at'), '+', models.Value(datetime.timedelta(days=7))))), name='core_factorrecovery_expires'), models.CheckConstraint(condition=models.Q(models.Q(('approved_at', None), ('due_at', None)), models.Q(('approved_at__gte', models.F('requested_at')), ('due_at__gte', django.db.models.expressions.CombinedExpression(models.F('approved_at'), '+', models.Value(datetime.timedelta(days=1))))), _connector='OR'), name='core_factorrecovery_a_day'), models.CheckConstraint(condition=models.Q(models.Q(('approved_at', None), ('ended_at', None), ('state', 'requested')), models.Q(('approved_at__isnull', False), ('ended_at', None), ('state', 'approved')), models.Q(('approved_at__isnull', False), ('ended_at__gte', models.F('due_at')), ('state', 'done')), models.Q(('ended_at__isnull', False), ('state__in', ['stopped', 'expired'])), _connector='OR'), name='core_factorrecovery_steps')],
            },
        ),
        migrations.CreateModel(
            name='IdempotencyKey',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=100)),
                ('request_digest', models.CharField(help_text='SHA-256 of the method, the address and the body.', max_length=64)),
                ('response_status', models.PositiveSmallIntegerField(null=True)),
                ('response_body', models.TextField(blank=True)),
                ('contacts_shown', models.JSONField(default=list, help_text='The contacts in the response: ids of accounts, and public ids of rows.')),
                ('subjects', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), default=list, help_text='The public ids in the request and in the response. An erasure finds the response by them.', size=None)),
                ('access_facts', models.JSONField(default=dict, help_text='What the caller could see by: the response is sent again only while it holds.')),
                ('created_at', models.DateTimeField(db_index=True)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [django.contrib.postgres.indexes.GinIndex(fields=['subjects'], name='core_idempotency_subjects')],
                'constraints': [models.UniqueConstraint(fields=('user', 'key'), name='core_idempotency_key_once')],
            },
        ),
        migrations.CreateModel(
            name='Mute',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('topic', models.CharField(choices=[('account', 'My account'), ('offers', 'Offers, and answers that are needed of me'), ('progress', 'What became of my projects'), ('messages', 'Messages'), ('meetings', 'Meetings of my projects'), ('waiting', 'Word while I wait'), ('review', "Reviewers' work")], max_length=20)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='mutes', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('user', 'topic'), name='core_mute_once'), models.CheckConstraint(condition=models.Q(('topic__in', ['account', 'offers', 'progress', 'messages', 'meetings', 'waiting', 'review'])), name='core_mute_topic')],
            },
        ),
        migrations.CreateModel(
            name='Notice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('address', models.EmailField(blank=True, max_length=254)),
                ('kind', models.CharField(max_length=40)),
                ('is_immediate', models.BooleanField(default=False, help_text='Not held back for the daily letter.')),
                ('cause', models.CharField(max_length=120, unique=True)),
                ('subjects', models.JSONField(default=dict, help_text='Names of subjects and their public ids.')),
                ('created_at', models.DateTimeField()),
                ('due_at', models.DateTimeField(help_text='The next attempt is not made before; moves on with each failure.')),
                ('sent_at', models.DateTimeField(blank=True, null=True)),
                ('read_at', models.DateTimeField(blank=True, help_text='When the recipient read it in the inbox.', null=True)),
                ('muted_at', models.DateTimeField(blank=True, help_text='When it was set aside for the inbox: its topic is muted, others may read the mailbox, or letters come back.', null=True)),
                ('obsolete_at', models.DateTimeField(blank=True, help_text='When it was found to be no longer true, and so was not sent.', null=True)),
                ('failed_at', models.DateTimeField(blank=True, help_text='When it was set aside after too many failures; a reviewer must look.', null=True)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('last_error', models.CharField(blank=True, max_length=200)),
                ('recipient', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='notices', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('failed_at', None), ('muted_at', None), ('obsolete_at', None), ('sent_at', None)), fields=['due_at'], name='core_notice_due'), models.Index(fields=['recipient', '-created_at'], name='core_notice_inbox'), models.Index(condition=models.Q(('address', ''), _negated=True), fields=['address', '-due_at'], name='core_notice_address')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('address', ''), ('recipient__isnull', False)), models.Q(('recipient', None), models.Q(('address', ''), _negated=True)), _connector='OR'), name='core_notice_one_recipient')],
            },
        ),
        migrations.CreateModel(
            name='PersonalToken',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('name', models.CharField(max_length=80)),
                ('scope', models.CharField(choices=[('read', 'reading'), ('write', 'reading and changing')], max_length=5)),
                ('token_digest', models.CharField(max_length=64, unique=True)),
                ('credential_digest', models.CharField(max_length=64)),
                ('has_mfa', models.BooleanField()),
                ('created_at', models.DateTimeField()),
                ('expires_at', models.DateTimeField(db_index=True, help_text='Retention deletes the token after this.')),
                ('last_used_on', models.DateField(help_text='Only the day: a time would show when the user is awake.', null=True)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='tokens', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('scope__in', ['read', 'write'])), name='core_personaltoken_scope'), models.CheckConstraint(condition=models.Q(('expires_at__gt', models.F('created_at')), ('expires_at__lte', django.db.models.expressions.CombinedExpression(models.F('created_at'), '+', models.Value(datetime.timedelta(days=365))))), name='core_personaltoken_ends')],
            },
        ),
        migrations.CreateModel(
            name='BouncedAddress',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('address', models.EmailField(help_text='In the form in which addresses are compared.', max_length=254, unique=True)),
                ('kind', models.CharField(choices=[('bounced', 'Letters come back'), ('complained', 'Reported as spam')], max_length=10)),
                ('code', models.CharField(blank=True, help_text="The mail server's code, such as 5.1.1: no such mailbox.", max_length=11)),
                ('bounced_at', models.DateTimeField()),
            ],
            options={
                'verbose_name_plural': 'bounced addresses',
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ('bounced', 'complained'))), name='core_bouncedaddress_kind'), models.CheckConstraint(condition=models.Q(('code', ''), ('code__regex', '^5\\.[0-9]{1,3}\\.[0-9]{1,3}$'), _connector='OR'), name='core_bouncedaddress_code')],
            },
        ),
        migrations.CreateModel(
            name='ContactAccess',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('viewer_id', models.BigIntegerField(db_index=True, help_text="The account of the viewer; empty for a candidate's link, which needs no account.", null=True)),
                ('viewer_kind', models.CharField(choices=[('self', 'The person'), ('volunteer', 'A volunteer'), ('campaign', 'A member of the campaign'), ('candidate', 'The candidate'), ('reviewer', 'A reviewer')], max_length=10)),
                ('subject_id', models.BigIntegerField(help_text='The account of the person whose contact it is.', null=True)),
                ('subject_public_id', models.UUIDField(help_text='For a person without an account: the public id of the row that holds the contact.', null=True)),
                ('access_point', models.CharField(choices=[('placement', 'The people of a campaign'), ('match', "One's own projects"), ('team', 'A team'), ('members', 'The members of a campaign'), ('invitations', 'Invitations to a campaign'), ('request', 'A request made in an emergency'), ('candidate', "The candidate's page"), ('review', "The reviewers' pages"), ('export', "One's own data")], max_length=12)),
                ('at', models.DateTimeField(db_index=True)),
            ],
            options={
                'verbose_name_plural': 'contact accesses',
                'indexes': [models.Index(fields=['subject_id', 'at'], name='core_contactaccess_subject'), models.Index(condition=models.Q(('subject_public_id__isnull', False)), fields=['subject_public_id', 'at'], name='core_contactaccess_row')],
                'constraints': [models.CheckConstraint(condition=models.Q(('viewer_kind__in', ['self', 'volunteer', 'campaign', 'candidate', 'reviewer'])), name='core_contactaccess_viewer_kind'), models.CheckConstraint(condition=models.Q(('access_point__in', ['placement', 'match', 'team', 'members', 'invitations', 'request', 'candidate', 'review', 'export'])), name='core_contactaccess_access_point'), models.CheckConstraint(condition=models.Q(('viewer_id__isnull', False), ('viewer_kind', 'candidate'), _connector='OR'), name='core_contactaccess_who'), models.CheckConstraint(condition=models.Q(models.Q(('subject_id__isnull', False), ('subject_public_id', None)), models.Q(('subject_id', None), ('subject_public_id__isnull', False)), _connector='OR'), name='core_contactaccess_whose')],
            },
        ),
    ]
