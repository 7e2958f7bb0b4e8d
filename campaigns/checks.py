"""What a reviewer checks before a campaign is verified, in words. Deciding stays with `verify_campaign`."""

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from campaigns.candidate_queries import find_open_stop
from campaigns.member_queries import managers_of
from campaigns.models import Campaign, CandidateLink, Filing


def list_checks(campaign: Campaign) -> list[str]:
    """Return what to check, in order, with what is known of this campaign already."""
    filing = Filing.objects.filter(campaign=campaign).first() or Filing()
    link = CandidateLink.objects.filter(campaign=campaign).first()
    stop = find_open_stop(campaign)
    missing = missing_safe_phone = _("not stated yet: ask the manager for it")
    if stop is not None or not managers_of(campaign).exists():
        # Who said that they manage it may be an impostor, or has no access any more.
        missing = _("not stated: find it in the public filing yourself, and do not ask the manager")
        missing_safe_phone = _("not stated: ask for it once you know who manages the campaign")
    facts = {
        "reference": filing.reference or missing,
        "phone": filing.callback_phone or missing,
        "safe": filing.safe_phone or missing_safe_phone,
        "candidate": campaign.candidate.name,
        "contest": str(campaign.candidate.contest),
    }
    return [
        _("Find the public filing by yourself (%(reference)s). It names %(candidate)s and this contest: %(contest)s.")
        % facts,
        _("The phone stands in that filing (%(phone)s). Take the number from there, and not from here.") % facts,
        _("Call it back. Whoever answers knows of the campaign’s page here, and names its manager."),
        _describe_consent(link, is_stopped=stop is not None),
        _("A safe phone is there for the day on which the email is lost (%(safe)s).") % facts,
    ]


def list_proofs(campaign: Campaign) -> list[str]:
    """Return what is known of the filing, the call back and the candidate's yes, without a phone."""
    filing = Filing.objects.filter(campaign=campaign).first() or Filing()
    link = CandidateLink.objects.filter(campaign=campaign).first()
    reference = {"reference": filing.reference}
    return [
        _("The public filing is stated: %(reference)s.") % reference if filing.reference else _("No filing is stated."),
        _("A phone to call back is stated.") if filing.callback_phone else _("No phone to call back is stated."),
        _describe_consent(link, is_stopped=find_open_stop(campaign) is not None),
    ]


def _describe_consent(link: CandidateLink | None, *, is_stopped: bool) -> str:
    if is_stopped:
        return _("The candidate’s yes is missing. They have said no: call them first, and close their stop.")
    if link is None:
        return _("The candidate’s yes is missing. No link was sent to them yet: send it to the address in the filing.")
    if link.consented_at is None:
        params = {"day": date_format(timezone.localtime(link.created_at))}
        return (
            _("The candidate’s yes is missing. The link was sent on %(day)s, and they have not answered yet.") % params
        )
    params = {"day": date_format(timezone.localtime(link.consented_at))}
    return _("The candidate agrees. They said so with their link on %(day)s.") % params
