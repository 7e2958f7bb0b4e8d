"""The importers of campaigns and requests."""

from campaigns.actions.campaign_imports import check_campaign_values, list_campaign_fields, load_campaigns
from campaigns.actions.request_import_fields import check_request_values, list_request_fields
from campaigns.actions.request_imports import load_requests
from core.imports.importers import Importer, register_importer

register_importer(
    Importer(
        kind="campaigns",
        fields=list_campaign_fields,
        load=load_campaigns,
        check=check_campaign_values,
        may_repeat_key=True,
    )
)
register_importer(
    Importer(
        kind="requests",
        fields=list_request_fields,
        load=load_requests,
        check=check_request_values,
        may_repeat_key=True,
        part_field="role",
    )
)
