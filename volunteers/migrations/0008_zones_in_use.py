"""The zones in use are read for every preview: by an index, which is made while everything goes on."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False  # as CREATE INDEX CONCURRENTLY demands

    dependencies = [
        ('volunteers', '0007_people_can_go'),
    ]

    operations = [
        AddIndexConcurrently(
            model_name='volunteer',
            index=models.Index(fields=['time_zone'], name='volunteers_volunteer_zone'),
        ),
    ]
