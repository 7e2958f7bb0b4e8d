"""Report a security incident ("We think we have been hacked") as an emergency request, which skips the review."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaigns.actions.publication import publish_request
from campaigns.actions.requests import draft_request
from campaigns.draft_rules import RequestDraft, RoleDraft
from campaigns.models import Campaign, Request
from campaigns.queries import may_edit
from core.accounts.conduct import check_conduct_accepted
from core.daily_limits import check_daily_rows
from core.enums import VettingArea
from core.field_errors import FieldErrors
from core.models import User
from core.time_zones import check_time_zone
from matching.lifecycle.actions.incident_watch import start_incident_watch
from matching.rules.incident_answers import IncidentKind, sort_incident_kinds

INCIDENT_REQUEST_DAYS = 7
MAX_OPEN_INCIDENTS_PER_CAMPAIGN = 5
MAX_INCIDENTS_PER_CAMPAIGN_PER_DAY = 10
"""Cancelled ones too, since each one is told to all reviewers."""
INCIDENT_FIRST_STEPS = (
    gettext_lazy("Do not switch anything off and delete nothing: it may be needed to see what happened."),
    gettext_lazy(
        "From a device that is surely clean, change the password of the email account first, then of everything else."
    ),
    gettext_lazy(
        "Sign out all other sessions, and turn on two-step sign-in with an app or a key, not by text message."
    ),
    gettext_lazy("Write down what you saw and when. Do not talk about it over the accounts that may be read."),
    gettext_lazy(
        "Tell your party committee's security contact and, in the United States, report it to the FBI at ic3.gov."
    ),
)
"""What a campaign can do while a responder is being found."""
INCIDENT_PROJECT_TEXTS = (
    "A security incident",
    "A campaign may have been hacked and needs somebody who has handled incidents, now.",
)
INCIDENT_ROLE_TEXTS = (
    "Incident responder",
    "Find out with the campaign what happened, stop it, and make its accounts safe again.",
)
"""Title and summary of such a request, name and tasks of its role: stored so, and shown in the reader's language."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentDetails:
    """Answers to three questions: what happened, since when, and how to reach the campaign on a safe channel.

    What happened is `kinds`, a `description`, or both. Kinds and a beginning that was chosen are stored in the language
    of who reports.
    """

    kinds: tuple[IncidentKind, ...] = ()
    description: str = ""
    since: str | Promise
    contact: str


@transaction.atomic
def report_incident(
    *,
    actor: User,
    campaign: Campaign,
    incident: IncidentDetails,
    time_zone: str,
    accepts_code_of_conduct: bool = False,
    at: datetime,
) -> Request:
    """Publish an emergency request and notify the reviewers on duty, or all.

    Vetted volunteers on call are asked after the commit. They learn the campaign's name only after their acceptance.
    Reporting the same incident again, with the same contact, returns the open request. `accepts_code_of_conduct` is
    true when `actor` accepts the code of conduct, which is needed once.
    Raises NotAllowed, Invalid, TooManyRequests.
    """
    # After a double click the second call waits here, and then finds the request of the first.
    Campaign.objects.select_for_update(no_key=True).get(pk=campaign.pk)
    draft = _draft_incident_request(incident, time_zone, starts_on=at.date())
    open_requests = Request.objects.filter(campaign=campaign, state=Request.State.PUBLISHED, emergency=True)
    if may_edit(actor, campaign):
        same_request = open_requests.filter(brief__in=_list_briefs(incident), channel=draft.channel).first()
        if same_request is not None:
            return same_request
        errors = FieldErrors()
        if open_requests.count() >= MAX_OPEN_INCIDENTS_PER_CAMPAIGN:
            message = _("%(limit)s incidents of this campaign are open. Add to one of them, or cancel one.")
            errors.add("description", message % {"limit": MAX_OPEN_INCIDENTS_PER_CAMPAIGN})
        with errors.collect():
            check_incident(
                actor, incident=incident, time_zone=time_zone, accepts_code_of_conduct=accepts_code_of_conduct
            )
        errors.raise_if_any()
        _check_todays_count(campaign, at=at)
    request = draft_request(actor=actor, campaign=campaign, draft=draft, at=at)
    request = publish_request(actor=actor, request=request, accepts_code_of_conduct=accepts_code_of_conduct, at=at)
    start_incident_watch(request, at=at, letter_at=_find_letter_time(request, at=at))
    return request


def _find_letter_time(incident: Request, *, at: datetime) -> datetime:
    """Return when the reviewers' letter about an incident leaves: at once, or with others at the next full hour.

    Whoever registers campaigns may report incidents, and no one has looked at these campaigns yet. So the first of them
    in an hour calls the reviewers, and the others of that hour come to them in one letter.
    """
    hour = at.replace(minute=0, second=0, microsecond=0)
    if incident.campaign.state != Campaign.State.UNVERIFIED:
        return at
    others = Request.objects.filter(
        emergency=True, campaign__state=Campaign.State.UNVERIFIED, published_at__gte=hour
    ).exclude(pk=incident.pk)
    return hour + timedelta(hours=1) if others.exists() else at


def check_incident(actor: User, *, incident: IncidentDetails, time_zone: str, accepts_code_of_conduct: bool) -> None:
    """Check the inputs of a report that have rules of their own. Raises Invalid, naming every one to correct."""
    errors = FieldErrors()
    if not incident.kinds and not incident.description.strip():
        errors.add("description", _("Say what happened: name a kind of break-in, or describe what you see."))
    with errors.collect():
        check_time_zone(time_zone)
    with errors.collect():
        check_conduct_accepted(actor, accepted=accepts_code_of_conduct)
    errors.raise_if_any()


def _draft_incident_request(incident: IncidentDetails, time_zone: str, *, starts_on: date) -> RequestDraft:
    (title, summary), (role, tasks) = INCIDENT_PROJECT_TEXTS, INCIDENT_ROLE_TEXTS
    return RequestDraft(
        title=title,
        summary=summary,
        brief=_write_brief(incident),
        starts_on=starts_on,
        ends_on=starts_on + timedelta(days=INCIDENT_REQUEST_DAYS),
        time_zone=time_zone,
        priority=5,
        urgent=True,
        staffing="rolling",
        auto_confirm=True,
        emergency=True,
        channel=incident.contact,
        roles=[
            RoleDraft(
                name=role,
                skill="incident-response",
                level=3,
                hours_per_week=1,
                tasks=tasks,
                vetted_for=VettingArea.INCIDENTS.value,
            )
        ],
    )


def _write_brief(incident: IncidentDetails) -> str:
    kinds = "; ".join(str(kind.label) for kind in sort_incident_kinds(incident.kinds))
    what = ". ".join(filter(None, (kinds, incident.description)))
    values = {"what": what, "since": incident.since}
    return _("What happened: %(what)s\nSince when: %(since)s") % values


def _list_briefs(incident: IncidentDetails) -> list[str]:
    """Return the brief in each language, so that the same report in another language is recognised."""
    briefs = []
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            briefs.append(_write_brief(incident))
    return briefs


def _check_todays_count(campaign: Campaign, *, at: datetime) -> None:
    limit, reported = MAX_INCIDENTS_PER_CAMPAIGN_PER_DAY, Request.objects.filter(campaign=campaign, emergency=True)
    message = _("A campaign reports at most %(limit)s incidents a day. Add to one of them, or report it tomorrow.")
    check_daily_rows(
        reported, "created_at", limit=limit, message=message % {"limit": limit}, at=at, field="description"
    )
