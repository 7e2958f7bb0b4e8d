"""Keep beside a stored response what its caller could see by."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('core', '0008_skill_aliases'),
    ]

    operations = [
        migrations.AddField(
            model_name='idempotencykey',
            name='access_facts',
            field=models.JSONField(default=dict, help_text='What the caller could see by: the response is sent again only while it holds.'),
        ),
    ]
