"""Check what the database holds before the demo is seeded, and delete the demo from it."""

from django.core.management.base import CommandError
from django.db import connection
from django.db.models import Q

from campaigns.models import Campaign
from core.models import User
from core.models.rate_counter import RateCounter
from demo.logins import REVIEWER_EMAIL
from demo.seed.world import DEMO_SOURCE
from volunteers.models import Volunteer

# The ending is reserved for examples, so no real person has such an address.
DEMO_DOMAIN = ".example"
DEMO_ADDRESSES = Q(email__endswith=DEMO_DOMAIN) | Q(email="")
# Tables that an installation begins with; all others are emptied when the demo is deleted.
REFERENCE_TABLES = (
    "auth_group",
    "auth_group_permissions",
    "auth_permission",
    "django_content_type",
    "core_skill",
    "core_skillalias",
    "core_shippedentry",
    "core_jurisdiction",
    "campaigns_playbook",
    "campaigns_playbookrole",
    "campaigns_playbookrole_nice_to_have_skills",
    "matching_policy",
    "matching_policyevent",
)


def is_demo_seeded() -> bool:
    """Return whether the demo is in the database."""
    return User.objects.filter(email=REVIEWER_EMAIL).exists() and Volunteer.objects.filter(source=DEMO_SOURCE).exists()


def refuse_foreign_rows() -> None:
    """Raise CommandError when the database holds people or campaigns that are not the demo's."""
    # Who signed up in the story has no source, and neither has a campaign that was registered in it.
    volunteers = Volunteer.objects.exclude(source=DEMO_SOURCE).exclude(user__email__endswith=DEMO_DOMAIN)
    campaigns = Campaign.objects.exclude(source=DEMO_SOURCE).exclude(members__user__email__endswith=DEMO_DOMAIN)
    person_count, campaign_count = User.objects.exclude(DEMO_ADDRESSES).count() + volunteers.count(), campaigns.count()
    if person_count or campaign_count:
        raise CommandError(
            f"This database holds {person_count} people and {campaign_count} campaigns that are not of the demo. "
            "Name another database in DATABASE_URL, or leave this one without the demo."
        )


def clear_demo() -> None:
    """Empty all tables but the reference data, history included. Raises CommandError as `refuse_foreign_rows`."""
    refuse_foreign_rows()
    tables = set(connection.introspection.django_table_names(only_existing=True)) - set(REFERENCE_TABLES)
    # The cache reads its rows on a connection of its own, which would wait for the end of this transaction.
    tables.discard(RateCounter._meta.db_table)
    RateCounter.objects.all().delete()
    names = ", ".join(connection.ops.quote_name(table) for table in sorted(tables))
    with connection.cursor() as cursor:
        # PostgreSQL refuses to truncate a table that has deferred checks pending.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        # No CASCADE: it could empty a reference table along with another one.
        cursor.execute(f"TRUNCATE {names}")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
