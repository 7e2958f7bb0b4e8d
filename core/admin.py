"""The reviewer's view of core's rows, and what every page of the admin has in common.

Only reference data is edited as forms here; everything else is read, and moved by buttons that call actions.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, TypeVar

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django import forms
from django.contrib import admin, messages
from django.contrib.auth.models import Group
from django.core.exceptions import ObjectDoesNotExist
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from unfold.admin import ModelAdmin, TabularInline
from unfold.decorators import action
from unfold.enums import ActionVariant

from core.enums import AccessPoint, ViewerKind
from core.errors import HandraiserError
from core.models import ContactAccess, IdempotencyKey, Jurisdiction, Mute, Notice, Party, Skill, User
from core.models.contact_access import ContactSubject
from core.notifications.outbox import retry_notice
from core.privacy.contact_access import record_contact_access
from core.privacy.erasure import data_subject_of, erase_on_written_request, preview_erasure
from core.privacy.erasure_handlers import DataSubject

ModelRow = TypeVar("ModelRow", bound=Model)


class ReviewerReadOnlyMixin:
    """Reviewers see it; nothing is added, changed or deleted by form."""

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Whether its section is listed."""
        return isinstance(request.user, User) and request.user.is_reviewer

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Whether it is shown."""
        return self.has_module_permission(request)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never by form."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never by form."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never by form."""
        return False


class AllFieldsReadOnlyMixin(ReviewerReadOnlyMixin):
    """Shows every column, also those that no form could change, unless `fields` says which."""

    fields: Any = None
    model: Any

    def get_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """Those that are shown."""
        return list(self.fields or (field.name for field in self.model._meta.fields if field.name != "id"))

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """All of them."""
        return self.get_fields(request, obj)


class ReadOnlyAdmin(AllFieldsReadOnlyMixin, ModelAdmin):  # type: ignore[misc]
    """Rows that actions write.

    `listed` and `shown` say where, from a row, it stands whose address its list and its own page show: that a reviewer
    was shown it is written down.
    """

    list_per_page = 50
    show_full_result_count = False
    list_contact_paths: tuple[str, ...] = ()
    detail_contact_paths: tuple[str, ...] = ()

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """The list."""
        answer: HttpResponse = super().changelist_view(request, extra_context)
        rows = (getattr(answer, "context_data", None) or {}).get("cl")
        if rows is not None:
            self._record_contacts_shown(request, list(rows.result_list), self.list_contact_paths)
        return answer

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], **kwargs: Any) -> HttpResponse:
        """A row's own page."""
        if kwargs.get("obj") is not None:
            self._record_contacts_shown(request, [kwargs["obj"]], self.detail_contact_paths)
        answer: HttpResponse = super().render_change_form(request, context, **kwargs)
        return answer

    def _record_contacts_shown(self, request: HttpRequest, rows: Sequence[Model], paths: tuple[str, ...]) -> None:
        seen = [one for row in rows for path in paths for one in _find_contact_subjects(row, path.split("."))]
        assert isinstance(request.user, User)
        record_contact_access(request.user, ViewerKind.REVIEWER, seen, AccessPoint.REVIEW, at=timezone.now())


def _find_contact_subjects(row: Any, path: list[str]) -> Iterator[ContactSubject | None]:
    """What stands at the end of a path from a row, by way of one row or of many."""
    if row is None or not path:
        yield row
        return
    there = getattr(row, path[0])
    for one in there.all() if hasattr(there, "all") else [there]:
        yield from _find_contact_subjects(one, path[1:])


class ReadOnlyInline(AllFieldsReadOnlyMixin, TabularInline):  # type: ignore[misc]
    """Rows of a row."""

    extra = 0
    show_change_link = False


class ErasureRequestForm(forms.Form):
    """That the person wants it."""

    asked = forms.BooleanField(required=False, label=gettext_lazy("They have asked for it in writing"))


class ErasureAdminMixin:
    """A row of somebody's, with a button that erases them on their written wish; `person_of` says who it is."""

    admin_site: Any
    opts: Any

    def get_data_subject(self, row: Any, at: datetime) -> DataSubject:
        """Whom the row is about."""
        raise NotImplementedError

    def get_erasable_rows(self) -> "QuerySet[Any]":
        """The rows that have such a button."""
        raise NotImplementedError

    @action(description=gettext_lazy("Erase…"), url_path="erase", variant=ActionVariant.DANGER)  # type: ignore[untyped-decorator]
    def erase(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Says what goes and what stays, then does it."""
        at = timezone.now()
        named = f"admin:{self.opts.app_label}_{self.opts.model_name}"
        person = self.get_data_subject(get_row_or_404(self.get_erasable_rows(), object_id), at)
        form = ErasureRequestForm(request.POST or None)
        if form.is_valid():
            assert isinstance(request.user, User)
            try:
                erase_on_written_request(actor=request.user, person=person, at=at, **form.cleaned_data)
            except HandraiserError as error:
                form.add_error(error.field if error.field in form.fields else None, error.message)
            else:
                messages.success(request, _("They are erased."))
                return HttpResponseRedirect(reverse(f"{named}_changelist"))
        means = preview_erasure(person)
        summary = " ".join([*means.first, _("Goes:"), *means.goes, _("Stays:"), *(means.stays or [_("nothing.")])])
        context = {**self.admin_site.each_context(request), "form": form, "opts": self.opts, "danger": True}
        words = {"title": _("Erase"), "summary": summary, "back": reverse(f"{named}_change", args=[object_id])}
        return render(request, "admin/move.html", context | words)


def get_row_or_404(rows: QuerySet[ModelRow], object_id: str) -> ModelRow:
    """The row that an address names; a 404 for one that names none."""
    try:
        return rows.get(pk=object_id)
    except (ObjectDoesNotExist, ValueError) as error:
        raise Http404 from error


class ReferenceAdmin(ReviewerReadOnlyMixin, ModelAdmin):  # type: ignore[misc]
    """Reference data: reviewers edit it, and nothing that others point to is ever deleted."""

    list_per_page = 50

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Reviewers."""
        return self.has_module_permission(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Reviewers."""
        return self.has_module_permission(request)


for not_ours in (Group, EmailAddress, Authenticator):
    admin.site.unregister(not_ours)


@admin.register(User)
class UserAdmin(ErasureAdminMixin, ReadOnlyAdmin):
    """Accounts, and the button that erases somebody who has asked for it."""

    list_contact_paths = detail_contact_paths = ("pk",)
    list_display = ("email", "is_staff", "is_active", "joined_at")
    list_filter = ("is_staff", "is_active")
    search_fields = ("email",)
    fields = ("email", "language", "is_active", "is_staff", "joined_at")
    actions_detail = ("erase",)

    def get_data_subject(self, row: User, at: datetime) -> DataSubject:
        """Whose account it is."""
        return data_subject_of(row, at=at)

    def get_erasable_rows(self) -> "QuerySet[User]":
        """All of them."""
        return User.objects.all()


@admin.register(Skill)
class SkillAdmin(ReferenceAdmin):
    """The taxonomy."""

    list_display = ("name", "code", "parent", "vetted_for", "retired")
    list_filter = ("retired", "vetted_for")
    list_select_related = ("parent",)
    search_fields = ("name", "code")


@admin.register(Jurisdiction)
class JurisdictionAdmin(ReferenceAdmin):
    """Places."""

    list_display = ("name", "code", "parent")
    list_select_related = ("parent",)
    search_fields = ("name", "code")


@admin.register(Party)
class PartyAdmin(ReferenceAdmin):
    """Parties."""

    list_display = ("name", "code")
    search_fields = ("name", "code")


@admin.register(Notice)
class NoticeAdmin(ReadOnlyAdmin):
    """Messages that we owe, and what became of them. Those that were set aside wait for a reviewer."""

    detail_contact_paths = ("contact_subject",)
    list_display = ("kind", "created_at", "due_at", "sent_at", "attempts", "failed_at", "last_error")
    list_filter = (("failed_at", admin.EmptyFieldListFilter), "kind")
    actions = ("retry_selected_notices",)

    @admin.action(description=gettext_lazy("Try again"))
    def retry_selected_notices(self, request: HttpRequest, notices: "QuerySet[Notice]") -> None:
        """Each by itself: one that was sent meanwhile holds up no other."""
        assert isinstance(request.user, User)
        done = 0
        for notice in notices:
            try:
                retry_notice(actor=request.user, notice=notice, at=timezone.now())
                done += 1
            except HandraiserError as error:
                messages.error(request, error.message)
        if done:
            words = ngettext("%(count)d notice is tried again.", "%(count)d notices are tried again.", done)
            messages.success(request, words % {"count": done})


@admin.register(Mute)
class MuteAdmin(ReadOnlyAdmin):
    """Who wants no mail about what."""

    list_contact_paths = detail_contact_paths = ("user_id",)
    list_display = ("user", "topic")
    list_filter = ("topic",)
    list_select_related = ("user",)


@admin.register(IdempotencyKey)
class IdempotencyKeyAdmin(ReadOnlyAdmin):
    """Requests that were made safe to repeat; not what was answered."""

    list_contact_paths = detail_contact_paths = ("user_id",)
    list_display = ("user", "status", "made_at")
    list_select_related = ("user",)
    fields = ("user", "status", "made_at")


@admin.register(ContactAccess)
class ContactAccessAdmin(ReadOnlyAdmin):
    """Who was shown whose contact, by the numbers of their accounts, or of rows without one."""

    list_display = ("at", "viewer_id", "capacity", "subject_id", "subject_public_id", "door")
    list_filter = ("capacity", "door")
    search_fields = ("=viewer_id", "=subject_id", "=subject_public_id")
    date_hierarchy = "at"
