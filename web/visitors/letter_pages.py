"""Which letters a person gets: all topics on one page, each with its tick, and the reminders before a meeting."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.accounts.account_settings import choose_letters
from core.api.current_user import get_current_user
from core.enums import NoticeTopic
from core.notifications.muted_topics import list_muted_topics
from web.design.components import ChoiceLabel, Link
from web.design.form_pages import FormPage
from web.visitors.letter_topics import TOPIC_WORDS, describe_topics, list_topics_of

STOP_ALL_BUTTON = "stop_all"
DAY_BEFORE, HOUR_BEFORE = "day_before", "hour_before"


def list_reminder_choices() -> list[tuple[str, ChoiceLabel]]:
    """Return the reminders before a meeting, each with what it does at night."""
    return [
        (
            DAY_BEFORE,
            ChoiceLabel(_("A day before"), _("Never at night: then it comes the evening before.")),
        ),
        (HOUR_BEFORE, ChoiceLabel(_("An hour before"), _("At any hour of the day."))),
    ]


class LettersForm(forms.Form):
    """The topics of which letters come, and when a reminder of a meeting comes."""

    topics = forms.MultipleChoiceField(
        label=gettext_lazy("We write to you about"),
        help_text=gettext_lazy("Untick what you want no letters about. It stays on your page all the same."),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    reminders = forms.MultipleChoiceField(
        label=gettext_lazy("Remind me of a meeting"),
        help_text=gettext_lazy("By letter, and by an alarm in your calendar program if it reads your calendar here."),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, *args: Any, topics: list[NoticeTopic], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = describe_topics()
        choices = [(topic.value, ChoiceLabel(str(TOPIC_WORDS[topic][0]), words[topic])) for topic in topics]
        self.fields["topics"].choices = choices  # type: ignore[attr-defined]
        self.fields["reminders"].choices = list_reminder_choices()  # type: ignore[attr-defined]


class LettersPage(FormPage):
    """Show which letters come, and take other ticks. One more button stops all that can be stopped."""

    template_name = "visitors/letters.html"
    form_class = LettersForm
    heading = gettext_lazy("Letters")
    button = gettext_lazy("Save it")
    mfa_required = False

    def load(self, **kwargs: Any) -> None:
        """Find the topics of the reader."""
        self.user = get_current_user(self.request)
        self.topics = list_topics_of(self.user)

    def build_initial(self) -> dict[str, Any]:
        """Tick what is not stopped, and the reminders that were chosen."""
        muted = list_muted_topics(self.user)
        chosen = {
            DAY_BEFORE: self.user.is_reminded_a_day_before,
            HOUR_BEFORE: self.user.is_reminded_an_hour_before,
        }
        return {
            "topics": [topic.value for topic in self.topics if topic.value not in muted],
            "reminders": [name for name, is_chosen in chosen.items() if is_chosen],
        }

    def build_form_options(self) -> dict[str, Any]:
        """Give the form the topics."""
        return {"topics": self.topics}

    def build_context(self) -> dict[str, Any]:
        """Return the way back, and where letters go."""
        return {"back": Link(reverse("account"), _("Account")), "email": self.user.email, "stop_all": STOP_ALL_BUTTON}

    def perform(self, form: forms.Form) -> HttpResponse:
        """Store which topics are stopped, and which reminders come."""
        wanted = [] if STOP_ALL_BUTTON in self.request.POST else form.cleaned_data["topics"]
        stopped = {topic for topic in self.topics if topic.value not in wanted}
        choose_letters(
            actor=self.user,
            muted=stopped,
            among=self.topics,
            is_reminded_a_day_before=DAY_BEFORE in form.cleaned_data["reminders"],
            is_reminded_an_hour_before=HOUR_BEFORE in form.cleaned_data["reminders"],
        )
        if len(stopped) == len(self.topics):
            done = _("All letters that can be stopped are stopped. Look at your page now and then: answers wait there.")
        else:
            done = _("Saved. We write to you about what is ticked.")
        messages.success(self.request, done)
        return redirect("account-letters")
