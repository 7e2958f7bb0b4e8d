"""The link of the header that leads campaign staff to their desk, or a planner to the plan."""

from collections.abc import Sequence

from django.db.models import UUIDField, Value
from django.urls import reverse
from django.utils.translation import gettext as _

from campaigns.models import Campaign, KeptPlan
from core.models import User


def find_campaign_destinations(user: User) -> Sequence[tuple[str, str]]:
    """Return the way to the desk of the user's campaign, or to the choice between several. One query.

    Who acts for no campaign, and has a plan that is kept with the account, gets the way to that.
    """
    # Each part is ordered and cut by itself: a union has no place for it within.
    campaigns = Campaign.objects.filter(members__user=user).annotate(is_plan=Value(False))
    no_campaign = Value(None, output_field=UUIDField())
    plans = KeptPlan.objects.filter(user=user).annotate(is_plan=Value(True), nothing=no_campaign)
    rows = list(
        campaigns.order_by()
        .values_list("is_plan", "public_id")
        .union(plans.values_list("is_plan", "nothing"), all=True)[:3]
    )
    ids = [public_id for is_plan, public_id in rows if not is_plan]
    if not ids:
        return [(reverse("plan"), _("My plan"))] if rows else []
    if len(ids) == 1:
        return [(reverse("campaign-desk", args=ids), _("My campaign"))]
    return [(reverse("campaigns"), _("My campaigns"))]
