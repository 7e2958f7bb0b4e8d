"""The third step: what fits, and the address to which the answer goes."""

from http import HTTPStatus
from typing import Any, ClassVar

from allauth.account.adapter import get_adapter
from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from core.accounts.text_bounds import MAX_ACCOUNT_TEXT_LENGTH
from core.accounts.work_email import is_likely_work_email
from core.errors import HandraiserError, TooManyRequests
from core.reference.word_search import list_skills_by_codes
from matching.open_roles.fits_limit import count_fits_answer
from matching.open_roles.queries.wanted_skills import read_wanted_skills
from web.design.components import Link
from web.design.form_pages import SeeOther
from web.design.kept_forms import KEPT_FORM_PARAMETER, keep_form
from web.design.visit_code import EmailStepMixin, VisitEmailForm
from web.volunteers.availability_forms import copy_with
from web.volunteers.availability_parts import count_free_minutes
from web.volunteers.fits_view import FitsView, describe_answer_day, look_for_fits
from web.volunteers.skill_form_pages import MAX_WANTED_SHOWN
from web.volunteers.start_drafts import StartDraft
from web.volunteers.start_pages import StartPage

ACCEPTED_FIELD = "accepted"


class EmailForm(VisitEmailForm):
    """The address to which the answer goes. `accepted` is a work-looking address that the person has confirmed."""

    accepted = forms.CharField(widget=forms.HiddenInput, required=False, max_length=MAX_ACCOUNT_TEXT_LENGTH)


class FitsPage(EmailStepMixin, StartPage):
    """Show what fits; its form asks for an address, and nothing before did. Who is signed in just goes on."""

    template_name = "volunteers/start_fits.html"
    form_class: type[forms.Form] = EmailForm
    heading = gettext_lazy("What fits you today")
    step: ClassVar[int] = 3
    code_page: ClassVar[str] = "start-code"
    needs: ClassVar[tuple[str, ...]] = ("skills", "week")

    def load(self, **kwargs: Any) -> None:
        """Look for what fits, unless the account or the network has looked too often."""
        self.button = _("Send me a code")
        if self.request.user.is_authenticated:
            self.form_class, self.button = forms.Form, _("Continue")
        self.fits: FitsView | None = None
        self.problem = ""
        if self.draft.has_skills and self.draft.week is not None:
            self._look(self.draft)

    def _look(self, draft: StartDraft) -> None:
        counted = count_fits_answer(self._find_reader(), at=self.at)
        try:
            if not counted.is_allowed:
                raise TooManyRequests(
                    _("You have looked often in this hour. Your answer comes all the same: leave your address."),
                    retry_after=round(counted.retry_after_seconds),
                )
            self.fits = look_for_fits(draft, at=self.at)
        except HandraiserError as error:
            self.problem = error.message

    def _find_reader(self) -> int | str:
        """Return the account whose answers are counted, or the network of a visitor without one."""
        network: str = get_adapter(self.request).get_client_ip(self.request)
        return self.request.user.pk or network

    def build_back(self) -> Link:
        """Return the way to the week."""
        return Link(self.draft.build_address("start-when"), _("When you’re free"))

    def build_context(self) -> dict[str, Any]:
        """Return the fits, and what they rest on, each line with a way to change it."""
        week, answer_day = self.draft.week, ""
        if week is not None:
            answer_day = describe_answer_day(week.time_zone, at=self.at)
        skills = list_skills_by_codes([skill.code for skill in self.draft.skills])
        return super().build_context() | {
            "heading": self._find_heading(),
            "fits": self.fits,
            "problem": self.problem,
            "answer_day": answer_day,
            "wanted": self._list_wanted(),
            "skill_names": ", ".join(
                skills[skill.code].shown_name for skill in self.draft.skills if skill.code in skills
            ),
            "hours": week and week.max_hours_per_week,
            "free_hours": week and count_free_minutes(week.windows) // 60,
            "change_skills": self.draft.build_address("start-skills"),
            "change_week": self.draft.build_address("start-when"),
        }

    def _list_wanted(self) -> str:
        """Return the skills that most open places ask for, where nothing fits, beside those that were said."""
        if self.fits is None or self.fits.count:
            return ""
        said = {skill.code for skill in self.draft.skills}
        wanted = read_wanted_skills(at=self.at).list_most_wanted(limit=MAX_WANTED_SHOWN + len(said))
        return ", ".join([skill.shown_name for skill in wanted if skill.code not in said][:MAX_WANTED_SHOWN])

    def _find_heading(self) -> str:
        if self.fits is None:
            return _("What fits you today")
        if not self.fits.count:
            return _("Nothing fits today")
        return ngettext(
            "%(count)d open place fits you today", "%(count)d open places fit you today", self.fits.count
        ) % {"count": self.fits.count}

    def perform(self, form: forms.Form) -> HttpResponse:
        """Have a code sent, and go on."""
        if self.request.user.is_authenticated:
            kept = {KEPT_FORM_PARAMETER: self.draft.kept} if self.draft.kept else {}
            return self.go_to("start-you", **kept)
        return self.send_code(form.cleaned_data["email"])

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Ask once about an address that may be one at work, or perform the form."""
        form = self.build_form(request.POST)
        if isinstance(form, EmailForm) and form.is_valid():
            email = form.cleaned_data["email"]
            if is_likely_work_email(email) and form.cleaned_data[ACCEPTED_FIELD] != email:
                form.data = copy_with(form.data, **{ACCEPTED_FIELD: email})
                self.count_session()
                address = keep_form(request, at=self.at, changed=form.data)
                if f"{KEPT_FORM_PARAMETER}=" in address:
                    return SeeOther(address)
                self.form = form
                return self.render_page()
        return super().post(request, **kwargs)

    def render_page(self, *, status: int = HTTPStatus.OK, **more: Any) -> HttpResponse:
        """Return the page; an address that may be one at work comes with a question."""
        asked = self.form.data.get(ACCEPTED_FIELD) if isinstance(self.form, EmailForm) else ""
        if not asked or asked != self.form.data.get("email") or self.form.errors:
            return super().render_page(status=status, **more)
        self.form.fields["email"].widget.attrs["autofocus"] = True  # the browser goes there
        self.button = _("It is mine: send me a code")
        return super().render_page(status=status, **more | {"is_address_asked": True, "is_kept": False})
