"""Settings of the API's document (drf-spectacular): what it says of itself, and the names of its enums."""

from typing import Any

ACCOUNT_DOCUMENT_PATH = "/api/v1/auth/openapi.json"

TAG_DESCRIPTIONS = {
    "me": "What is the caller's own: account, profile, offers and matches, notices, data.",
    "campaigns": "Campaigns, their members, and the people who were asked for them.",
    "candidates": "What a candidate does with the link that was sent to them; nobody signs in for it.",
    "requests": "Projects that campaigns ask for, with their roles, seats and teams.",
    "review": "The work of reviewers: proposals, runs, pins, vetoes, reports, policies.",
    "open-roles": "The public board of open roles, and what fits a person.",
    "skills": "The skills that volunteers claim and roles ask for.",
    "reference": "The codes that the API takes or gives, with their labels.",
}
"""By tag: what its operations are about, in the order in which a reader meets them."""

API_DOCUMENT_SETTINGS = {
    "TITLE": "Handraiser",
    "DESCRIPTION": "Matches skilled volunteers who have a few hours a week with political campaigns that need them.\n\n"
    "Sign-up, sign-in, verification and password reset have their own document: "
    f"[{ACCOUNT_DOCUMENT_PATH}]({ACCOUNT_DOCUMENT_PATH}). An app calls its operations with the client `app`. Each of "
    "their answers may hold a new `meta.session_token`, also a 401 that asks for a code or a second factor: send the "
    "newest one as `X-Session-Token` with every call.\n\n"
    "An app begins with `GET /me`, which says who the caller is and what waits for them, and `GET /vocabulary`, which "
    "holds every code. Every other id that a call needs is in an earlier answer. Campaigns are verified by reviewers, "
    "and proposals are made by runs: neither is in the hands of a campaign or a volunteer.\n\n"
    "Sign-up answers 401 with the flow `verify_email` pending. Send the code of the mail as `key` to the verification "
    "of that document; its 200 holds the token. Answers are in the language of `Accept-Language`. Send this header "
    "and `X-Session-Token` with each call of both documents. The code of conduct is agreed to with "
    "`accepts_code_of_conduct`, in the first call that needs it.\n\n"
    "Any call may answer 405, 500 or 503 with a problem. A 503 has `Retry-After`, in seconds.\n\n"
    "This document is at [/api/schema](/api/schema): in YAML, or in JSON with `?format=json` or `Accept: "
    "application/json`.",
    "SERVERS": [{"url": "/", "description": "The site that serves this document."}],
    "LICENSE": {"name": "MIT", "identifier": "MIT"},
    "TAGS": [{"name": name, "description": text} for name, text in TAG_DESCRIPTIONS.items()],
    "VERSION": "1",
    "OAS_VERSION": "3.1.1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_PERMISSIONS": ["core.api.permissions.AllowAny"],
    # From our own origin; nothing is sent to an external validator.
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "SWAGGER_UI_SETTINGS": {"validatorUrl": None, "deepLinking": True},
    "COMPONENT_SPLIT_REQUEST": True,
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "core.api.openapi_components.add_named_shapes",
        "core.reference.document_hooks.add_vocabulary_enums",
        "core.reference.document_hooks.label_with_vocabulary",
        "core.api.document_hooks.inline_null",
        "core.api.document_hooks.label_enum_values",
        "core.api.document_hooks.drop_directions",
        "core.api.document_hooks.let_shapes_overlap",
        "core.api.document_hooks.bound_numbers",
        "core.api.openapi_problems.add_problem_responses",
        "core.api.document_hooks.add_common_headers",
        "core.api.field_descriptions.describe_fields",
        "core.api.examples.add_examples",
        "core.notifications.document_hooks.split_notices_by_kind",
    ],
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "ENUM_NAME_OVERRIDES": {
        "AnswerEnum": "core.enums.OptionalAnswer",
        "StageEnum": "matching.rules.checklists.ChecklistStage",
        "RunStageEnum": "matching.rules.run_stages.RunStage",
        "FailedRulesEnum": "matching.api.run_serializers.FAILED_RULES",
        "TopicEnum": "core.enums.NoticeTopic",
        "BandEnum": "core.enums.CountBand",
        "ProblemKindEnum": "matching.rules.problem_kinds.ProblemKind",
        "RejectReasonEnum": "matching.rules.reasons.RejectReason",
        "DeclineReasonEnum": "matching.rules.reasons.DeclineReason",
        "RefuseReasonEnum": "matching.rules.reasons.RefuseReason",
        "CancelReasonEnum": "campaigns.models.Request.CancelReason",
        "WithdrawReasonEnum": "matching.rules.reasons.WithdrawReason",
        "EndReasonEnum": "matching.rules.reasons.EndReason",
        "OfficeLevelEnum": "core.enums.OfficeLevel",
        "MatchStateEnum": "matching.rules.states.MatchState",
        "MyMatchStateEnum": "matching.rules.states.VOLUNTEERS_MATCH_CHOICES",
        "PlacementStateEnum": "matching.rules.states.PLACEMENT_CHOICES",
        "RunStateEnum": "matching.models.Run.State",
        "RequestStateEnum": "campaigns.models.Request.State",
        "StopOutcomeEnum": "campaigns.models.CandidateStop.Outcome",
        "CampaignStateEnum": "campaigns.models.Campaign.State",
        "VolunteerStateEnum": "volunteers.models.Volunteer.State",
    },
}


def build_api_document_settings(site_url: str) -> dict[str, Any]:
    """Return the settings, with the addresses that must be whole: those of the site at `site_url`."""
    external_docs = {
        "url": site_url + ACCOUNT_DOCUMENT_PATH,
        "description": "Signing up and in, and second factors",
    }
    contact = {"name": "Handraiser", "url": site_url}
    return API_DOCUMENT_SETTINGS | {"CONTACT": contact, "EXTERNAL_DOCS": external_docs}
