"""What pages say to a campaign of the board of open places, and the tick that keeps a project off it."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaigns.models import Campaign, Request
from matching.open_roles.queries.board_presence import BoardPresence


class BoardField(forms.BooleanField):
    """The tick that keeps a project off the board. Without it, the board may show it."""

    def __init__(self, **options: Any) -> None:
        label = gettext_lazy("Keep this project off our board of open places")
        help_text = gettext_lazy(
            "The board shows to everyone which places are open, without your name. Off the board, only people whom we "
            "ask hear of them."
        )
        super().__init__(label=label, help_text=help_text, required=False, **options)


def describe_board_presence(request: Request, presence: BoardPresence) -> str:
    """Return whether everyone may find a project's open places, in one or two sentences."""
    if presence is BoardPresence.NEVER:
        return _("This work is never on our board of open places. Only people whom we ask hear of it.")
    if presence is BoardPresence.KEPT_OFF:
        return _("You keep it off our board of open places. Only people whom we ask hear of it.")
    if request.campaign.state == Campaign.State.VERIFIED:
        return _("Everyone can find its open places on our board, without your name.")
    return _("Once we know who you are, everyone can find its open places on our board, without your name.")
