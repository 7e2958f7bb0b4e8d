"""Remember each address to which a link of a candidate was sent. Those of older links are known no more."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps


def copy_addresses(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    address_model = apps.get_model("campaigns", "CandidateAddress")
    links = apps.get_model("campaigns", "CandidateLink").objects.values("campaign_id", "email", "created_at")
    address_model.objects.bulk_create(address_model(**link) for link in links.iterator())


class Migration(migrations.Migration):

    dependencies = [
        ('campaigns', '0005_promise_verification'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='CandidateAddress',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('email', models.EmailField(max_length=254)),
                ('created_at', models.DateTimeField()),
                ('account', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('campaign', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='candidate_addresses', to='campaigns.campaign')),
            ],
            options={
                'verbose_name_plural': 'candidate addresses',
                'constraints': [models.UniqueConstraint(fields=('campaign', 'email'), name='campaigns_candidateaddress_once')],
            },
        ),
        migrations.RunPython(copy_addresses, migrations.RunPython.noop),
    ]
