"""Give fields the names that the API has for them."""

import datetime
import django.db.models.expressions
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('core', '0003_make_cache_table'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='contactaccess',
            name='core_contactaccess_capacity',
        ),
        migrations.RemoveConstraint(
            model_name='contactaccess',
            name='core_contactaccess_door',
        ),
        migrations.RemoveConstraint(
            model_name='contactaccess',
            name='core_contactaccess_who',
        ),
        migrations.RemoveConstraint(
            model_name='personaltoken',
            name='core_personaltoken_ends',
        ),
        migrations.RenameField(
            model_name='contactaccess',
            old_name='door',
            new_name='access_point',
        ),
        migrations.RenameField(
            model_name='contactaccess',
            old_name='capacity',
            new_name='viewer_kind',
        ),
        migrations.RenameField(
            model_name='idempotencykey',
            old_name='shown',
            new_name='contacts_shown',
        ),
        migrations.RenameField(
            model_name='idempotencykey',
            old_name='made_at',
            new_name='created_at',
        ),
        migrations.RenameField(
            model_name='idempotencykey',
            old_name='digest',
            new_name='request_digest',
        ),
        migrations.RenameField(
            model_name='idempotencykey',
            old_name='answer',
            new_name='response_body',
        ),
        migrations.RenameField(
            model_name='idempotencykey',
            old_name='status',
            new_name='response_status',
        ),
        migrations.RenameField(
            model_name='personaltoken',
            old_name='made_at',
            new_name='created_at',
        ),
        migrations.RenameField(
            model_name='personaltoken',
            old_name='proven',
            new_name='has_mfa',
        ),
        migrations.RenameField(
            model_name='personaltoken',
            old_name='digest',
            new_name='token_digest',
        ),
        migrations.AddConstraint(
            model_name='contactaccess',
            constraint=models.CheckConstraint(condition=models.Q(('viewer_kind__in', ['self', 'volunteer', 'campaign', 'candidate', 'reviewer'])), name='core_contactaccess_viewer_kind'),
        ),
        migrations.AddConstraint(
            model_name='contactaccess',
            constraint=models.CheckConstraint(condition=models.Q(('access_point__in', ['placement', 'match', 'team', 'members', 'invitations', 'request', 'candidate', 'review', 'export'])), name='core_contactaccess_access_point'),
        ),
        migrations.AddConstraint(
            model_name='contactaccess',
            constraint=models.CheckConstraint(condition=models.Q(('viewer_id__isnull', False), ('viewer_kind', 'candidate'), _connector='OR'), name='core_contactaccess_who'),
        ),
        migrations.AddConstraint(
            model_name='personaltoken',
            constraint=models.CheckConstraint(condition=models.Q(('expires_at__gt', models.F('created_at')), ('expires_at__lte', django.db.models.expressions.CombinedExpression(models.F('created_at'), '+', models.Value(datetime.timedelta(days=365))))), name='core_personaltoken_ends'),
        ),
    ]
