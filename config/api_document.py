"""Settings of the API's document (drf-spectacular): what it says of itself, and the names of its enums."""

API_DOCUMENT_SETTINGS = {
    "TITLE": "Handraiser",
    "DESCRIPTION": "Matches skilled volunteers who have a few hours a week with political campaigns that need them.\n\n"
    "Sign-up, sign-in, verification and password reset have their own document: "
    "[/api/v1/auth/openapi.json](/api/v1/auth/openapi.json).",
    "EXTERNAL_DOCS": {"url": "/api/v1/auth/openapi.json", "description": "Signing up and in, and second factors"},
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
        "core.api.openapi.add_problem_responses",
        "core.api.examples.add_examples",
    ],
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "ENUM_NAME_OVERRIDES": {
        "AnswerEnum": "core.enums.OptionalAnswer",
        "TopicEnum": "core.enums.NoticeTopic",
        "BandEnum": "matching.rules.supply_estimate.CountBand",
        "ProblemKindEnum": "matching.rules.problem_kinds.ProblemKind",
        "RejectReasonEnum": "matching.rules.reasons.RejectReason",
        "DeclineReasonEnum": "matching.rules.reasons.DeclineReason",
        "RefuseReasonEnum": "matching.rules.reasons.RefuseReason",
        "EndReasonEnum": "matching.rules.reasons.EndReason",
        "OfficeLevelEnum": "core.enums.OfficeLevel",
        "MatchStateEnum": "matching.rules.states.MatchState",
        "RunStateEnum": "matching.models.Run.State",
        "RequestStateEnum": "campaigns.models.Request.State",
        "CampaignStateEnum": "campaigns.models.Campaign.State",
        "VolunteerStateEnum": "volunteers.models.Volunteer.State",
    },
}
