"""The messages between a volunteer and the campaign of one project."""

from http import HTTPStatus
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.notifications.moments import format_moment
from core.time_zones import name_time_zone
from matching.lifecycle.actions.messages import mark_messages_read, write_message
from matching.lifecycle.queries.message_access import is_thread_shown, list_messages_to_volunteer
from matching.lifecycle.queries.unread_messages import list_unread_messages
from matching.models import Message
from matching.rules.sides import MatchSide
from matching.rules.states import STATES_MESSAGING_OPEN, MatchState
from web.design.conversation_forms import MessageForm
from web.volunteers.match_words import name_other_side
from web.volunteers.own_match_pages import OwnMatchPage

MESSAGES_PER_PAGE = 20


class MessagesPage(OwnMatchPage):
    """Show the messages of one project, the newest page first, and write one.

    Opening the newest page marks them as read.
    """

    template_name = "volunteers/messages.html"
    form_class = MessageForm
    heading = gettext_lazy("Messages")
    button = gettext_lazy("Send it")

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show them, and mark them as read."""
        if self.match.state == MatchState.OFFERED:
            return redirect("volunteer-offer", match=self.match.public_id)
        if not is_thread_shown(self.match):
            return redirect("volunteer-project", match=self.match.public_id)
        self.unread = list_unread_messages(self.user, self.match)
        response = super().get(request, **kwargs)
        if self.unread and self.shown_page == 1:
            mark_messages_read(actor=self.user, match=self.match, at=self.at)
        return response

    def build_context(self) -> dict[str, Any]:
        """Return one page of messages, the oldest of it first."""
        newest_first = list_messages_to_volunteer(self.match).order_by("-written_at", "-pk")
        page = Paginator(newest_first, MESSAGES_PER_PAGE).get_page(self.request.GET.get("page"))
        self.shown_page = page.number
        return super().build_context() | {
            "page": page,
            "shown_messages": [self.show_message(message) for message in reversed(page.object_list)],
            "is_open": self.match.state in STATES_MESSAGING_OPEN,
            "paused": self.match.paused,  # type: ignore[attr-defined]
            "project_title": self.match.request.shown_title,
            "zone": name_time_zone(self.match.volunteer.time_zone),
        }

    def show_message(self, message: Message) -> dict[str, Any]:
        """Return what the page shows of one message."""
        zone = self.match.volunteer.time_zone
        names = {MatchSide.VOLUNTEER: _("You"), MatchSide.CAMPAIGN: name_other_side(self.match)}
        return {
            "id": message.public_id,
            "name": names.get(MatchSide(message.side), _("Handraiser")),
            "author": message.author_first_name,  # type: ignore[attr-defined]
            "is_own": message.side == MatchSide.VOLUNTEER,
            "is_new": str(message.public_id) in getattr(self, "unread", ()),
            "text": message.text,
            "written_at": message.written_at,
            "moment": format_moment(message.written_at, zone),
        }

    def render_page(self, *, status: int = HTTPStatus.OK, **more: Any) -> HttpResponse:
        """Show the page; lead to the project, and say there what is wrong, where the messages are hidden."""
        if is_thread_shown(self.match):
            return super().render_page(status=status, **more)
        for error in self.form.non_field_errors():
            messages.error(self.request, str(error))
        return redirect("volunteer-project", match=self.match.public_id)

    def perform(self, form: forms.Form) -> HttpResponse:
        """Write the message."""
        write_message(actor=self.user, match=self.match, text=form.cleaned_data["text"], at=self.at)
        messages.success(self.request, _("Sent. They get a letter that says so."))
        return redirect(reverse("volunteer-messages", args=[self.match.public_id]) + "#newest")
