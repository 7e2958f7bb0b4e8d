"""Find the campaign of an imported request, and check that a stored request stays with it."""

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from campaigns.models import Campaign, Request
from core.errors import Invalid
from core.field_errors import FieldErrors
from core.imports.importers import ImportRow


def check_same_campaign(campaign: Campaign, row: ImportRow, source: str) -> None:
    """Raise Invalid when a row names another campaign than that of the stored request."""
    key, message = (
        row.values.get("campaign"),
        _("This request is another campaign's here, and stays with it. Correct the row, or give it a key of its own."),
    )
    errors = FieldErrors()
    if key is not None and key != campaign.source_key:
        errors.add("campaign", message)
    named_source = row.values.get("campaign_source", campaign.source if key is None else source)
    if named_source != campaign.source:
        errors.add("campaign_source" if "campaign_source" in row.values else "campaign", message)
    errors.raise_if_any()


def find_campaign_of_row(row: ImportRow, source: str) -> Campaign:
    """Return the campaign of a row, or the next one in turn where it names none. Raises Invalid."""
    key, named_source = row.values.get("campaign"), row.values.get("campaign_source")
    if key is not None:
        campaign = Campaign.objects.filter(source=named_source or source, source_key=key).first()
        if campaign is None:
            params = {"key": key[:60], "source": named_source or source}
            message = _(
                "No campaign of the source “%(source)s” has the key “%(key)s”. Import the campaigns first, or "
                "say under fields.campaign_source which source they have."
            )
            raise Invalid(message % params, field="campaign")
        if campaign.members.exists():
            message = _(
                "This campaign is left alone, because its people have taken it over. Ask them to publish it here."
            )
            raise Invalid(message, field="campaign")
        return campaign
    campaigns = Campaign.objects.filter(state=Campaign.State.VERIFIED, members=None).order_by("pk")
    return _next_campaign_in_turn(campaigns.filter(source=named_source) if named_source else campaigns)


def _next_campaign_in_turn(campaigns: "QuerySet[Campaign]") -> Campaign:
    count = campaigns.count()
    if not count:
        raise Invalid(_("There is no verified campaign without members to take this request. Import campaigns first."))
    return campaigns[Request.objects.exclude(source="").count() % count]
