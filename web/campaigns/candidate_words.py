"""What the desk of a campaign says about its candidate: asked, agreed or stopped, and what to do now."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from campaigns.candidate_queries import CandidateStanding
from campaigns.models import Campaign, CandidateStop
from core.notifications.moments import describe_day, describe_moment


@dataclass(frozen=True, slots=True)
class CandidateNote:
    """Where the campaign stands with its candidate, and what its people do now, if anything."""

    state: str
    advice: str = ""
    asks_help: bool = False


def describe_candidate(
    campaign: Campaign, standing: CandidateStanding, *, zone: str, at: datetime
) -> CandidateNote | None:
    """Return where a campaign that goes on stands with its candidate; None while a notice on top says it."""
    if campaign.state == Campaign.State.ENDED or standing.open_stop is not None:
        return None
    link, stop = standing.link, standing.stop
    if link is not None and link.consented_at is not None:
        return CandidateNote(_("Said yes on %(day)s.") % {"day": describe_day(link.consented_at, zone)})
    if link is not None:
        return CandidateNote(
            _("Our letter went out on %(day)s. There is no answer yet.") % {"day": describe_day(link.created_at, zone)},
            _("Tell them to look for “Please check who acts for you”. If it did not come, write to us."),
            asks_help=True,
        )
    if stop is not None and stop.handled_at is not None:
        days = {"day": describe_day(stop.stopped_at, zone), "since": describe_day(stop.handled_at, zone)}
        return CandidateNote(_("Said no on %(day)s. We spoke with them, and it goes on since %(since)s.") % days)
    return _describe_letter_to_come(campaign, zone=zone, at=at)


def _describe_letter_to_come(campaign: Campaign, *, zone: str, at: datetime) -> CandidateNote:
    advice = _("Tell them that a letter comes: “Please check who acts for you”. In it they say yes or no.")
    if campaign.state == Campaign.State.VERIFIED:
        return CandidateNote(
            _("No letter went out yet. We write to the address in your public filing."),
            _("You want it sent now? Write to us."),
            asks_help=True,
        )
    if campaign.answer_due_at is None or campaign.answer_due_at <= at:
        return CandidateNote(_("We write to the address in your public filing when we check you."), advice)
    until = {"until": describe_moment(campaign.answer_due_at, zone)}
    return CandidateNote(_("We write to the address in your public filing by %(until)s.") % until, advice)


def build_stop_notice(stop: CandidateStop, *, has_projects: bool, zone: str, at: datetime) -> dict[str, Any]:
    """Return the notice on top of the desk while a stop is open: what has ended, and what happens by when."""
    words = {"day": describe_day(stop.stopped_at, zone), "until": describe_moment(stop.answer_due_at, zone)}
    if has_projects:
        text = _("It was on %(day)s. All projects are called off, and no one new is asked.") % words
    else:
        text = _("It was on %(day)s. You can publish nothing until we have spoken with them.") % words
    if stop.answer_due_at <= at:
        comes = _("We meant to call the candidate by %(until)s, and are late. We have been reminded.") % words
    else:
        comes = _(
            "We speak with the candidate first: we call the number in your public filing by %(until)s. Then we write "
            "to you."
        )
        comes %= words
    title = _("The candidate said no")
    return {"kind": "warn", "title": title, "text": f"{text} {comes}", "asks_help": True}
