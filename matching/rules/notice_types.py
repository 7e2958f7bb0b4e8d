"""The types of notices about matches, requests and runs, as `core.Notice` stores them."""

from enum import StrEnum


class MatchingNotice(StrEnum):
    """What happened, and to what.

    The same lateness is *delayed* in the notice to those who wait, and *overdue* in the one to reviewers.
    """

    OFFER = "offer"
    OFFER_REMINDER = "offer-reminder"
    OFFER_CHANGED = "offer-changed"
    OFFER_ACCEPTED = "offer-accepted"
    OFFER_EXPIRED = "offer-expired"
    ACCEPTANCE_RECORDED = "acceptance-recorded"
    CAMPAIGN_ANSWER_REMINDER = "campaign-answer-reminder"
    REQUEST_TERMS_CHANGED = "request-terms-changed"
    REQUEST_TEXT_CHANGED = "request-text-changed"
    WORK_STARTED = "work-started"
    HANDOVER_STARTED = "handover-started"
    HANDOVER_COMPLETED = "handover-completed"
    HANDOVER_ENDED = "handover-ended"
    WORK_STOPPED = "work-stopped"
    MATCH_COMPLETED = "match-completed"
    MATCH_ENDED = "match-ended"
    VOLUNTEER_WITHDREW = "volunteer-withdrew"
    VOLUNTEER_RELEASED = "volunteer-released"
    MESSAGE = "message"
    MESSAGE_REMINDER = "message-reminder"
    CAMPAIGN_SILENT = "campaign-silent"
    ANSWER_OVERDUE = "answer-overdue"
    REVIEW_DELAYED = "review-delayed"
    REVIEW_OVERDUE = "review-overdue"
    REPORT = "report"
    REPORT_OVERDUE = "report-overdue"
    REPORT_HANDLED = "report-handled"
    INCIDENT = "incident"
    INCIDENT_UNANSWERED = "incident-unanswered"
    INCIDENT_CALLED_OFF = "incident-called-off"
    ALARM_CALLED_OFF = "alarm-called-off"
    NOBODY_ON_CALL = "nobody-on-call"
    TEAM_WITHOUT_COMMON_HOURS = "team-without-common-hours"
    NO_MATCH_YET = "no-match-yet"
    EMPTY_SEATS = "empty-seats"
    INTEREST_ENDED = "interest-ended"
    UNKEPT_PIN = "unkept-pin"
    RUN_ROWS_LEFT_OUT = "run-rows-left-out"
