"""The last step: three questions, and the hand is raised."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.api.current_user import get_current_user
from core.enums import OptionalAnswer
from core.errors import Invalid
from core.spoken_languages import LANGUAGE_NAMES
from volunteers.actions.raised_hands import raise_hand, restate_skills_and_week
from volunteers.models import Volunteer
from volunteers.profile_rules import check_adult
from volunteers.queries import list_imported_profiles
from web.design.components import ChoiceLabel
from web.volunteers.start_drafts import forget_draft
from web.volunteers.start_pages import StartPage, find_end_of_visit, find_my_page
from web.volunteers.start_profile import build_profile, describe_promise, find_page_of_error

KEEPS_IMPORTED, USES_NEW = "imported", "new"


class YouForm(forms.Form):
    """The last questions, and which of two profiles is right, where one was imported."""

    first_name = forms.CharField(
        label=gettext_lazy("First name"),
        help_text=gettext_lazy("A campaign reads it when you have said yes, and not before."),
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "given-name"}),
        error_messages={"required": gettext_lazy("Write how we may call you.")},
    )
    job_restricts = forms.ChoiceField(
        label=gettext_lazy("Does your job restrict political work?"),
        widget=forms.RadioSelect,
        choices=[
            (OptionalAnswer.NO, gettext_lazy("No")),
            (OptionalAnswer.YES, gettext_lazy("Yes")),
            (OptionalAnswer.NOT_SAID, gettext_lazy("Not sure, or I’d rather not say")),
        ],
        help_text=gettext_lazy("With a yes, a reviewer takes more care. No employer is asked."),
        error_messages={"required": gettext_lazy("Choose one. “Not sure” is an answer, too.")},
    )
    languages = forms.MultipleChoiceField(
        label=gettext_lazy("Languages that you work in"),
        help_text=gettext_lazy("Tick those in which you can write to voters or talk with a team."),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Tick at least one language.")},
    )
    adult = forms.BooleanField(label=gettext_lazy("I am 18 or over"), required=False)
    source = forms.ChoiceField(
        label=gettext_lazy("You offered help before. What shall we use?"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose which skills and times are right.")},
    )

    def __init__(self, *args: Any, has_imported: bool, languages: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        then = ChoiceLabel(_("What I said then"), _("Your skills and times of then, as they came to us."))
        now = ChoiceLabel(_("What I’ve said now"), _("The skills and times of the last pages."))
        self.fields["source"].choices = [(KEEPS_IMPORTED, then), (USES_NEW, now)]  # type: ignore[attr-defined]
        if not has_imported:
            del self.fields["source"]
        self.fields["languages"].choices = [(code, LANGUAGE_NAMES[code]) for code in languages]  # type: ignore[attr-defined]
        if len(languages) == 1:  # the language of all its pages so far, so there is nothing to ask
            del self.fields["languages"]

    def clean_adult(self) -> bool:
        """Return the tick. Raises ValidationError without it."""
        try:
            check_adult(self.cleaned_data["adult"])
        except Invalid as error:
            raise forms.ValidationError(error.message) from error
        return True


class YouPage(StartPage):
    """Ask the last questions, and raise the hand by one action.

    Who has raised a hand before is asked whether the new skills and times count.
    """

    template_name = "volunteers/start_you.html"
    form_class: type[forms.Form] = YouForm
    heading: str | Promise = gettext_lazy("The last questions")
    button: str | Promise = gettext_lazy("Raise my hand")
    step: ClassVar[int] = 5
    needs: ClassVar[tuple[str, ...]] = ("skills", "week")
    login_required = True

    def load(self, **kwargs: Any) -> None:
        """Find what is there of the person already."""
        self.user = get_current_user(self.request)
        self.volunteer = Volunteer.objects.filter(user=self.user).first()
        self.has_imported = self.volunteer is None and list_imported_profiles(self.user).exists()
        if self.volunteer is not None:
            self.form_class, self.heading = forms.Form, _("You have raised your hand before")
            self.button = _("Use what I’ve said now")

    def build_form_options(self) -> dict[str, Any]:
        """Ask which profile counts, where one was imported."""
        if self.volunteer is not None:
            return {}
        return {"has_imported": self.has_imported, "languages": self.draft.languages}

    def build_context(self) -> dict[str, Any]:
        """Return who was here before."""
        under_18 = self.draft.build_address("start-under-18-sure")
        return super().build_context() | {
            "volunteer": self.volunteer,
            "my_page": find_end_of_visit(self.draft),
            "under_18": under_18,
        }

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Keep what was typed while a step is missing, or raise the hand."""
        if self.find_missing_step(at=self.at):
            if self.volunteer is not None:
                return redirect(find_my_page())
            self.warn_of_lost_draft()
            return self.keep_and_go_to(self.find_missing_step(at=self.at))
        return super().post(request, **kwargs)

    def perform(self, form: forms.Form) -> HttpResponse:
        """Store everything by one action, and erase the draft."""
        if self.volunteer is not None:
            return self._restate()
        try:
            volunteer = raise_hand(
                actor=self.user,
                profile=build_profile(self.draft, form.cleaned_data),
                keeps_imported=form.cleaned_data.get("source") == KEEPS_IMPORTED,
                at=self.at,
            )
        except Invalid as error:
            self.error_before, self.page_to_mend = error, find_page_of_error(error)
            raise
        forget_draft(self.request, self.draft, at=self.at)
        messages.success(self.request, describe_promise(volunteer))
        return redirect(find_end_of_visit(self.draft))

    def _restate(self) -> HttpResponse:
        week = self.draft.week
        assert week is not None
        restate_skills_and_week(
            actor=self.user,
            claims=self.draft.choice.list_claims(),
            max_hours_per_week=week.max_hours_per_week,
            time_zone=week.time_zone,
            windows=week.windows,
            at=self.at,
        )
        forget_draft(self.request, self.draft, at=self.at)
        messages.success(self.request, _("Thank you. Your skills and your week are as you said now."))
        return redirect(find_end_of_visit(self.draft))
