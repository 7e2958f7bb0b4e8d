"""Sign the people of a campaign out, when others may be signed in as one of them."""

import structlog
from django.contrib.sessions.backends.base import SessionBase
from django.db import transaction
from django.utils.translation import gettext as _

from campaigns.models import Campaign
from campaigns.queries import is_manager
from core.accounts.mfa_reset import end_all_sessions, end_other_sessions
from core.errors import NotAllowed, WrongState
from core.models import User

log = structlog.get_logger(__name__)


@transaction.atomic
def sign_out_members(*, actor: User, campaign: Campaign, session: SessionBase) -> int:
    """Sign every member of a campaign out everywhere, but `actor` in this `session`; return how many others.

    Their personal tokens end too. No letter tells them: their mail may be read. It asks for no fresh proof of who acts,
    as everybody can sign in again and every minute counts. Raises NotAllowed (not a manager), WrongState (the campaign
    is over).
    """
    if not is_manager(actor, campaign):
        raise NotAllowed(_("Only this campaign's managers sign its people out. Ask one of them, or call us."))
    campaign = Campaign.objects.select_for_update(no_key=True).get(pk=campaign.pk)
    if campaign.state == Campaign.State.ENDED:
        raise WrongState(_("This campaign is over, so you sign nobody else out. Change your own password."))
    others = User.objects.filter(pk__in=campaign.members.values("user")).exclude(pk=actor.pk)
    # In the order of their ids, so that two managers who do this at once do not wait for each other.
    users = sorted([*others, actor], key=lambda user: user.pk)
    for user in users:
        if user == actor:
            end_other_sessions(session, actor)
            session.cycle_key()  # a thief may hold a copy of this session's cookie
        else:
            end_all_sessions(user)
    log.warning("a campaign's people were signed out", campaign=str(campaign.public_id), by=str(actor.public_id))
    return len(users) - 1
