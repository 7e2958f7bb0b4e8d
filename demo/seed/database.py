"""What is in the database before the demo: nothing, the demo already, or somebody else's people."""

from django.db import connection
from django.db.models import Q

from campaigns.models import Campaign
from core.errors import WrongState
from core.models import User
from demo.logins import REVIEWER_EMAIL
from demo.seed.world import DEMO_SOURCE
from volunteers.models import Volunteer

# Nobody real has such an address: both endings are reserved for examples.
DEMO_ADDRESSES = Q(email__endswith=".example") | Q(email="")
# What an installation begins with; everything else goes when the demo is cleared away.
REFERENCE_TABLES = (
    "auth_group",
    "auth_group_permissions",
    "auth_permission",
    "django_content_type",
    "core_skill",
    "core_jurisdiction",
    "campaigns_playbook",
    "campaigns_playbookrole",
    "campaigns_playbookrole_nice_to_have_skills",
    "matching_policy",
    "matching_policyevent",
)


def is_demo_seeded() -> bool:
    """Whether the demo is in the database."""
    return User.objects.filter(email=REVIEWER_EMAIL).exists() and Volunteer.objects.filter(source=DEMO_SOURCE).exists()


def refuse_foreign_rows() -> None:
    """Raise WrongState when the database holds people or campaigns that are not the demo's."""
    people = User.objects.exclude(DEMO_ADDRESSES).count() + Volunteer.objects.exclude(source=DEMO_SOURCE).count()
    campaigns = Campaign.objects.exclude(source=DEMO_SOURCE).count()
    if people or campaigns:
        raise WrongState(
            f"This database holds {people} people and {campaigns} campaigns that are not of the demo: "
            "name another database in DATABASE_URL, or leave this one without the demo."
        )


def clear_demo() -> None:
    """Empty every table but those of the reference data, history included. Raises WrongState as above."""
    refuse_foreign_rows()
    tables = set(connection.introspection.django_table_names(only_existing=True)) - set(REFERENCE_TABLES)
    names = ", ".join(connection.ops.quote_name(table) for table in sorted(tables))
    with connection.cursor() as cursor:
        # Checks put off to the end of the transaction would keep the tables from being emptied.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        # Without CASCADE, so that a table that is to be kept can never be emptied along with another one.
        cursor.execute(f"TRUNCATE {names}")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
