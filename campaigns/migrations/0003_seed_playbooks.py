"""The playbooks that an installation begins with. Existing ones are left as they are."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from campaigns.standard_playbooks import PLAYBOOK_TEMPLATES


def seed(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """One playbook after the other, with its roles in their order."""
    playbook, role = apps.get_model("campaigns", "Playbook"), apps.get_model("campaigns", "PlaybookRole")
    skills = {skill.code: skill for skill in apps.get_model("core", "Skill").objects.all()}
    for template in PLAYBOOK_TEMPLATES:
        book, new = playbook.objects.get_or_create(
            code=template.code,
            defaults={
                "name": template.name,
                "summary": template.summary,
                "weeks": template.weeks,
                "staffing": template.staffing,
                "deliverables": list(template.deliverables),
            },
        )
        for order, part in enumerate(template.parts if new else ()):
            fields = part._asdict() | {"skill": skills[part.skill], "order": order, "playbook": book}
            nice = [skills[code] for code in fields.pop("nice_skills")]
            role.objects.create(**fields).nice_skills.set(nice)


class Migration(migrations.Migration):
    dependencies = [("campaigns", "0002_links"), ("core", "0002_seed_skills_and_places")]
    operations = [migrations.RunPython(seed, migrations.RunPython.noop)]
