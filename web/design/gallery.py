"""The page that shows every component in all its states. It is there locally only."""

from datetime import UTC, datetime
from typing import Any

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from web.design.components import (
    ChoiceLabel,
    Clock,
    ClockMood,
    Link,
    SlotState,
    Stage,
    StageState,
    Week,
    WeekPart,
    WeekSlot,
)
from web.design.stale_rows import StaleRow

_DUE = datetime(2026, 10, 14, 16, tzinfo=UTC)


class SampleForm(forms.Form):
    """Every kind of field."""

    name = forms.CharField(label="First name", help_text="As a campaign may call you.", max_length=80)
    hours = forms.IntegerField(label="Hours a week", min_value=1, max_value=20)
    about = forms.CharField(label="A line to them", widget=forms.Textarea(attrs={"rows": 3}), required=False)
    zone = forms.ChoiceField(label="Time zone", choices=[("a", "Pacific time"), ("b", "Kathmandu")])
    level = forms.ChoiceField(
        label="How well do you know it?",
        help_text="One of these.",
        widget=forms.RadioSelect,
        choices=[
            ("1", ChoiceLabel("With some help", "I have done it once or twice.")),
            ("2", ChoiceLabel("On my own", "I do it without asking.")),
        ],
    )
    days = forms.MultipleChoiceField(
        label="When?",
        widget=forms.CheckboxSelectMultiple,
        choices=[("mon", "Monday evening"), ("sat", "Saturday")],
        required=False,
    )
    code = forms.CharField(
        label="Code",
        max_length=12,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )
    conduct = forms.BooleanField(label="I keep to the code of conduct", help_text="Seven sentences, once.")


def build_sample_week() -> Week:
    """Return a week with every kind of slot."""
    busy, free, partly = (WeekSlot(state) for state in (SlotState.BUSY, SlotState.FREE, SlotState.PARTLY))
    meets = WeekSlot(SlotState.MEETS, "19")
    parts = [
        WeekPart("9–12", [busy, busy, busy, busy, busy, free, busy]),
        WeekPart("12–18", [busy, busy, partly, busy, busy, free, busy]),
        WeekPart("18–22", [free, meets, free, free, busy, busy, busy]),
    ]
    return Week("MTWTFSS", parts, "You are free on four evenings and on Saturday. They meet on Tuesday at 7 pm.")


@login_not_required
@require_safe
def gallery_page(request: HttpRequest) -> HttpResponse:
    """Show every component in all its states."""
    wrong = SampleForm({"name": "", "hours": "40", "zone": "a", "code": "1"}, prefix="wrong")
    offered, agreed = (
        Stage("Offered", StageState.DONE, "12 October"),
        Stage("You said yes", StageState.NOW, "Their turn"),
    )
    context: dict[str, Any] = {
        "sample": SampleForm(),
        "wrong": wrong,
        "week": build_sample_week(),
        "clocks": [
            Clock("Say yes or no by Tuesday, 14 October, 9 am (Pacific time)", "1 day and 15 hours left.", _DUE),
            Clock("Say yes or no by today, 9 am (Pacific time)", "3 hours left.", _DUE, ClockMood.SOON),
            Clock("This was open until Tuesday, 9 am", "We asked somebody else.", _DUE, ClockMood.OVER),
        ],
        "stages": [offered, agreed, Stage("They say yes"), Stage("You begin", note="20 October")],
        "ended": [offered, Stage("Not this time", StageState.OVER, "They chose another person")],
        "facts": [("For", "Dana Rivera, school board"), ("Hours", "4 h a week"), ("Meets", "Tuesdays, 7 pm")],
        "stale": [StaleRow("Goal", "A site that can take donations", "A site with sign-ups")],
        "back": Link("#", "My page"),
    }
    return render(request, "design/gallery.html", context)
