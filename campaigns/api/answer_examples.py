"""Examples of answers about campaigns and requests, as they are after the operation."""

from core.api.answer_examples import AT, AnswerExample

_PUBLISHED: AnswerExample = {"state": "published", "published_at": AT}

ANSWER_EXAMPLES: dict[str, AnswerExample] = {
    "cancelRequest": {"state": "cancelled"},
    "closeCandidateStop": {"handled_at": AT, "outcome": "resumed"},
    "closeRequest": {"state": "closed", "published_at": AT},
    "endCampaign": {"state": "ended"},
    "publishRequest": _PUBLISHED,
    "resumeCampaign": {"state": "verified", "verified_at": AT},
    "stopCampaignAsCandidate": {"stopped_at": AT, "answer_due_at": "2026-03-04T19:00:00Z"},
    "verifyCampaign": {"state": "verified", "verified_at": AT},
}
