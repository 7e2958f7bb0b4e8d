import datetime
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
            name='IdempotencyKey',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=100)),
                ('digest', models.CharField(help_text='SHA-256 of the method, the address and the body.', max_length=64)),
                ('status', models.PositiveSmallIntegerField(null=True)),
                ('answer', models.TextField(blank=True)),
                ('shown', models.JSONField(default=list, help_text='The contacts in the response: ids of accounts, and public ids of rows.')),
                ('made_at', models.DateTimeField(db_index=True)),
            ],
        ),
        migrations.CreateModel(
            name='Jurisdiction',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=20, unique=True)),
                ('name', models.CharField(max_length=80)),
            ],
            options={
                'ordering': ['name'],
            },
        ),
        migrations.CreateModel(
            name='Mute',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('topic', models.CharField(choices=[('account', 'My account'), ('offers', 'Offers, and answers that are needed of me'), ('progress', 'What became of my matches'), ('messages', 'Messages'), ('waiting', 'Word while I wait'), ('review', "Reviewers' work")], max_length=20)),
            ],
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
                ('muted_at', models.DateTimeField(blank=True, help_text='When it was not mailed, because the recipient has muted its topic.', null=True)),
                ('obsolete_at', models.DateTimeField(blank=True, help_text='When it was found to be no longer true, and so was not sent.', null=True)),
                ('failed_at', models.DateTimeField(blank=True, help_text='When it was set aside after too many failures; a reviewer must look.', null=True)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('last_error', models.CharField(blank=True, max_length=200)),
            ],
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
            name='PersonalToken',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('name', models.CharField(max_length=80)),
                ('scope', models.CharField(choices=[('read', 'reading'), ('write', 'reading and changing')], max_length=5)),
                ('digest', models.CharField(max_length=64, unique=True)),
                ('credential_digest', models.CharField(max_length=64)),
                ('proven', models.BooleanField()),
                ('made_at', models.DateTimeField()),
                ('expires_at', models.DateTimeField(db_index=True, help_text='Retention deletes the token after this.')),
                ('last_used_on', models.DateField(help_text='Only the day: a time would show when the user is awake.', null=True)),
            ],
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
            ],
            options={
                'ordering': ['name'],
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
                ('last_digest_at', models.DateTimeField(blank=True, editable=False, help_text='Their last daily letter.', null=True)),
                ('session_generation', models.PositiveIntegerField(default=0, editable=False, help_text='Counts up when all sessions of the account end.')),
                ('joined_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('groups', models.ManyToManyField(blank=True, help_text='The groups this user belongs to. A user will get all permissions granted to each of their groups.', related_name='user_set', related_query_name='user', to='auth.group', verbose_name='groups')),
                ('user_permissions', models.ManyToManyField(blank=True, help_text='Specific permissions for this user.', related_name='user_set', related_query_name='user', to='auth.permission', verbose_name='user permissions')),
            ],
        ),
        migrations.CreateModel(
            name='ContactAccess',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('viewer_id', models.BigIntegerField(db_index=True, help_text="The account of the viewer; empty for a candidate's link, which needs no account.", null=True)),
                ('capacity', models.CharField(choices=[('self', 'The person'), ('volunteer', 'A volunteer'), ('campaign', 'A member of the campaign'), ('candidate', 'The candidate'), ('reviewer', 'A reviewer')], max_length=10)),
                ('subject_id', models.BigIntegerField(help_text='The account of the person whose contact it is.', null=True)),
                ('subject_public_id', models.UUIDField(help_text='For a person without an account: the public id of the row that holds the contact.', null=True)),
                ('door', models.CharField(choices=[('placement', 'The people of a campaign'), ('match', "One's own projects"), ('team', 'A team'), ('members', 'The members of a campaign'), ('invitations', 'Invitations to a campaign'), ('request', 'A request made in an emergency'), ('candidate', "The candidate's page"), ('review', "The reviewers' pages"), ('export', "One's own data")], max_length=12)),
                ('at', models.DateTimeField(db_index=True)),
            ],
            options={
                'verbose_name_plural': 'contact accesses',
                'indexes': [models.Index(fields=['subject_id', 'at'], name='core_contactaccess_subject'), models.Index(condition=models.Q(('subject_public_id__isnull', False)), fields=['subject_public_id', 'at'], name='core_contactaccess_row')],
                'constraints': [models.CheckConstraint(condition=models.Q(('capacity__in', ['self', 'volunteer', 'campaign', 'candidate', 'reviewer'])), name='core_contactaccess_capacity'), models.CheckConstraint(condition=models.Q(('door__in', ['placement', 'match', 'team', 'members', 'invitations', 'request', 'candidate', 'review', 'export'])), name='core_contactaccess_door'), models.CheckConstraint(condition=models.Q(('viewer_id__isnull', False), ('capacity', 'candidate'), _connector='OR'), name='core_contactaccess_who'), models.CheckConstraint(condition=models.Q(models.Q(('subject_id__isnull', False), ('subject_public_id', None)), models.Q(('subject_id', None), ('subject_public_id__isnull', False)), _connector='OR'), name='core_contactaccess_whose')],
            },
        ),
        migrations.AddField(
            model_name='idempotencykey',
            name='user',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='jurisdiction',
            name='parent',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='core.jurisdiction'),
        ),
        migrations.AddField(
            model_name='mute',
            name='user',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='mutes', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='notice',
            name='recipient',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='notices', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='personaltoken',
            name='user',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='tokens', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddConstraint(
            model_name='shippedentry',
            constraint=models.UniqueConstraint(fields=('kind', 'code'), name='core_shippedentry_once'),
        ),
        migrations.AddField(
            model_name='skill',
            name='parent',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='core.skill'),
        ),
        migrations.AddConstraint(
            model_name='user',
            constraint=models.CheckConstraint(condition=models.Q(('email', django.db.models.functions.text.Lower('email'))), name='core_user_email_lower'),
        ),
        migrations.AddConstraint(
            model_name='idempotencykey',
            constraint=models.UniqueConstraint(fields=('user', 'key'), name='core_idempotency_key_once'),
        ),
        migrations.AddConstraint(
            model_name='jurisdiction',
            constraint=models.CheckConstraint(condition=models.Q(('parent__isnull', True), models.Q(('parent', models.F('id')), _negated=True), _connector='OR'), name='core_jurisdiction_not_own_parent'),
        ),
        migrations.AddConstraint(
            model_name='mute',
            constraint=models.UniqueConstraint(fields=('user', 'topic'), name='core_mute_once'),
        ),
        migrations.AddConstraint(
            model_name='mute',
            constraint=models.CheckConstraint(condition=models.Q(('topic__in', ['account', 'offers', 'progress', 'messages', 'waiting', 'review'])), name='core_mute_topic'),
        ),
        migrations.AddIndex(
            model_name='notice',
            index=models.Index(condition=models.Q(('failed_at', None), ('muted_at', None), ('obsolete_at', None), ('sent_at', None)), fields=['due_at'], name='core_notice_due'),
        ),
        migrations.AddIndex(
            model_name='notice',
            index=models.Index(fields=['recipient', '-created_at'], name='core_notice_inbox'),
        ),
        migrations.AddConstraint(
            model_name='notice',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('address', ''), ('recipient__isnull', False)), models.Q(('recipient', None), models.Q(('address', ''), _negated=True)), _connector='OR'), name='core_notice_one_recipient'),
        ),
        migrations.AddConstraint(
            model_name='personaltoken',
            constraint=models.CheckConstraint(condition=models.Q(('scope__in', ['read', 'write'])), name='core_personaltoken_scope'),
        ),
        migrations.AddConstraint(
            model_name='personaltoken',
            constraint=models.CheckConstraint(condition=models.Q(('expires_at__gt', models.F('made_at')), ('expires_at__lte', django.db.models.expressions.CombinedExpression(models.F('made_at'), '+', models.Value(datetime.timedelta(days=365))))), name='core_personaltoken_ends'),
        ),
        migrations.AddConstraint(
            model_name='skill',
            constraint=models.CheckConstraint(condition=models.Q(('parent__isnull', True), models.Q(('parent', models.F('id')), _negated=True), _connector='OR'), name='core_skill_not_own_parent'),
        ),
        migrations.AddConstraint(
            model_name='skill',
            constraint=models.CheckConstraint(condition=models.Q(('vetted_for__in', ['', 'voter_files', 'money', 'ad_accounts', 'credentials', 'incidents'])), name='core_skill_area'),
        ),
    ]
