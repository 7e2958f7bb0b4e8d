"""The facts of a request as its page shows them."""

from django.utils.translation import gettext as _

from campaigns.models import Request, RequestWindow
from core.models import User
from core.week_mask import Window
from matching.lifecycle.seen_facts import describe_windows
from web.campaigns.plan_words import describe_span


def list_request_facts(request: Request, user: User, *, zone: str) -> list[tuple[str, str]]:
    """Return labels and facts of the frame of a request."""
    contact = request.contact
    answers = ""
    if contact is not None:
        answers = _("You") if contact.user_id == user.pk else str(contact.get_position_display())
    facts = [
        (_("Must be true"), request.shown_summary),
        (_("When"), f"{describe_span(request.starts_on, request.ends_on)}, {zone}"),
        (_("Meets"), describe_request_windows(request, RequestWindow.Kind.MEETING) or _("At no fixed time")),
        (_("Work"), describe_request_windows(request, RequestWindow.Kind.WORK)),
        (_("Answers"), answers),
        (_("Board"), "" if request.is_on_board else _("Not shown on the public board")),
    ]
    return [(label, fact) for label, fact in facts if fact]


def describe_request_windows(request: Request, kind: str) -> str:
    """Return the weekly times of a request on one line, with the name of the zone; empty without any."""
    windows = [Window(row.weekday, row.starts, row.ends) for row in request.windows.all() if row.kind == kind]
    return describe_windows(windows, request.time_zone)
