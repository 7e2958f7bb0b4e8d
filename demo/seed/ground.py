"""What is in the database before the demo: nothing, the demo already, or somebody else's people."""

from django.db import connection
from django.db.models import Q

from campaigns.models import Campaign
from core.errors import WrongState
from core.models import User
from demo.logins import REVIEWER
from demo.seed.world import SOURCE
from volunteers.models import Volunteer

# Nobody real has such an address: both endings are reserved for examples.
OF_THE_DEMO = Q(email__endswith=".example") | Q(email="")
# What an installation begins with; everything else goes when the demo is cleared away.
KEPT_TABLES = (
    "auth_group",
    "auth_group_permissions",
    "auth_permission",
    "django_content_type",
    "core_skill",
    "core_jurisdiction",
    "campaigns_playbook",
    "campaigns_playbookrole",
    "campaigns_playbookrole_nice_skills",
    "matching_policy",
    "matching_policyevent",
)


def is_planted() -> bool:
    """Whether the demo is in the database."""
    return User.objects.filter(email=REVIEWER).exists() and Volunteer.objects.filter(source=SOURCE).exists()


def refuse_if_others_are_here() -> None:
    """Raise WrongState when the database holds people or campaigns that are not the demo's."""
    people = User.objects.exclude(OF_THE_DEMO).count() + Volunteer.objects.exclude(source=SOURCE).count()
    campaigns = Campaign.objects.exclude(source=SOURCE).count()
    if people or campaigns:
        raise WrongState(
            f"This database holds {people} people and {campaigns} campaigns that are not of the demo: "
            "name another database in DATABASE_URL, or leave this one without the demo."
        )


def clear() -> None:
    """Empty every table but those of the reference data, history included. Raises WrongState as above."""
    refuse_if_others_are_here()
    tables = set(connection.introspection.django_table_names(only_existing=True)) - set(KEPT_TABLES)
    names = ", ".join(connection.ops.quote_name(table) for table in sorted(tables))
    with connection.cursor() as cursor:
        # Checks put off to the end of the transaction would keep the tables from being emptied.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        # Without CASCADE, so that a table that is to be kept can never be emptied along with another one.
        cursor.execute(f"TRUNCATE {names}")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
