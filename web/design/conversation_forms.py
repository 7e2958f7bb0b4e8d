"""The forms with which both sides of a match write to each other and report a problem."""

from django import forms
from django.utils.translation import gettext_lazy

from matching.rules.problem_kinds import ProblemKind
from matching.rules.text_lengths import MAX_MESSAGE_LENGTH, MAX_REPORT_LENGTH


class MessageForm(forms.Form):
    """The text of a message."""

    text = forms.CharField(
        label=gettext_lazy("Your message"),
        max_length=MAX_MESSAGE_LENGTH,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": gettext_lazy("The message is empty. Write something first.")},
    )


class ReportForm(forms.Form):
    """What a report is about, and what happened."""

    kind = forms.ChoiceField(
        label=gettext_lazy("What is it about?"),
        widget=forms.RadioSelect,
        choices=ProblemKind.choices,
        error_messages={"required": gettext_lazy("Say what it is about: choose one line.")},
    )
    text = forms.CharField(
        label=gettext_lazy("What happened?"),
        help_text=gettext_lazy("A few words are enough. Only our reviewers read them."),
        max_length=MAX_REPORT_LENGTH,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
