"""Find the contest that a registration or a line of a ballot names, or create it."""

from datetime import date

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from campaigns.contest_queries import ContestIdentity, find_contest, is_ballot_contest
from campaigns.models import Contest
from core.errors import Invalid
from core.field_errors import FieldErrors
from core.text_folding import fold_text


def check_office(office: str) -> None:
    """Raise Invalid for an office without a word: all of these would be one contest."""
    if not fold_text(office):
        raise Invalid(_("This office has no letter and no digit. Write its name."), field="office")


def get_or_create_contest(
    identity: ContestIdentity, *, level: str, election_on: date, primary_on: date | None = None
) -> tuple[Contest, bool]:
    """Return the contest, and whether it was created with these facts. One that is here keeps its own ones."""
    contest = find_contest(identity)
    if contest is not None:
        return contest, False
    facts = {"level": level, "election_on": election_on, "primary_on": primary_on}
    try:
        # A savepoint: the failed insert must not abort the whole transaction.
        with transaction.atomic():
            return Contest.objects.create(**identity._asdict(), **facts), True
    except IntegrityError:
        # Another spelling of it was registered at the same moment.
        contest = find_contest(identity)
        if contest is None:
            raise
        return contest, False


def spell_as_on_ballot(contest: Contest, identity: ContestIdentity) -> None:
    """Give a contest that no ballot has brought yet the spelling of the ballot that brings it now.

    The list of contests becomes public with it, and what a campaign typed would tell that this campaign is here.
    """
    if (contest.office, contest.district) == (identity.office, identity.district) or is_ballot_contest(contest):
        return
    contest.office, contest.district = identity.office, identity.district
    contest.save(update_fields=["office", "district"])


def check_same_contest(contest: Contest, level: str, election_on: date, primary_on: date | None = None) -> None:
    """Raise Invalid when a contest is here with other days than these, or at another level.

    The primary of a contest on the public list may be left out.
    """
    errors = FieldErrors()
    if level != contest.level:
        errors.add("level", _("This contest is here at another level. Check yours; if it is right, write to us."))
    if (level, election_on, primary_on) == (contest.level, contest.election_on, contest.primary_on):
        return  # as nearly all rows of an imported ballot are
    is_listed = is_ballot_contest(contest)
    if is_listed:
        message = _("The list of contests has another day for this one. Take that; if yours is right, write to us.")
    else:
        message = _("This contest is here with another day. Check yours; if it is right, write to us.")
    if election_on != contest.election_on:
        errors.add("election_on", message)
    # What the list says in public may be left out.
    if primary_on != contest.primary_on and not (is_listed and primary_on is None):
        errors.add("primary_on", message)
    errors.raise_if_any()
