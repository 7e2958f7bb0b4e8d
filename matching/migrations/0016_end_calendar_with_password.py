from django.db import migrations, models


class Migration(migrations.Migration):
    """Bind the address of a calendar to the credentials of its owner. An older address ends: it has none."""

    dependencies = [("matching", "0015_remember_interests")]

    operations = [
        migrations.AddField(
            model_name="calendarfeed",
            name="credential_digest",
            field=models.CharField(default="", max_length=64),
            preserve_default=False,
        ),
    ]
