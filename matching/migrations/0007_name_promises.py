from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('matching', '0006_label_count_bands'),
    ]

    operations = [
        migrations.RenameField(model_name='problemreport', old_name='due_at', new_name='answer_due_at'),
    ]
