"""The positions in a campaign, with what each may do."""

from django.utils.translation import gettext as _

from campaigns.models import Member
from web.design.components import ChoiceLabel


def list_positions() -> list[tuple[str, ChoiceLabel]]:
    """Return the positions with what each may do, in the reader's language."""
    return [
        (
            Member.Position.STAFF.value,
            ChoiceLabel(str(Member.Position.STAFF.label), _("Plans projects, sees the people who said yes, answers.")),
        ),
        (
            Member.Position.MANAGER.value,
            ChoiceLabel(str(Member.Position.MANAGER.label), _("The same, and decides who acts for the campaign.")),
        ),
        (
            Member.Position.TREASURER.value,
            ChoiceLabel(str(Member.Position.TREASURER.label), _("Sees how many places are taken, and no people.")),
        ),
    ]
