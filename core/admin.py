"""Admin pages of core's rows. The base classes of all admin pages are in `core/admin_base.py`.

Only reference data is edited by forms. All other rows are read-only, and buttons change them by calling actions.
Idempotency keys have no page: they tell who did something when, also in a contest that is hidden from the reader.
"""

from datetime import datetime
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from unfold.decorators import action

from core.accounts.queries import recoveries_visible_to
from core.accounts.recovery_admin import RecoveryDecisionMixin, RequestRecoveryMixin
from core.admin_base import ReadOnlyAdmin, ReferenceAdmin, get_row_or_404
from core.admin_erasure import ErasureAdminMixin
from core.api.current_user import get_current_user
from core.conflict_of_interest import has_any_part, list_contests_of, users_with_part
from core.enums import ViewerKind
from core.errors import HandraiserError
from core.models import (
    BouncedAddress,
    ContactAccess,
    FactorRecovery,
    Jurisdiction,
    Mute,
    Notice,
    Party,
    Skill,
    SkillAlias,
    UnknownSkillWord,
    User,
)
from core.notifications.bounces import clear_bounces_as_reviewer
from core.notifications.outbox import retry_notice
from core.privacy.erasure import data_subject_of
from core.privacy.erasure_handlers import DataSubject
from core.reference.unknown_words import dismiss_word, make_word_alias


@admin.register(User)
class UserAdmin(RequestRecoveryMixin, ErasureAdminMixin, ReadOnlyAdmin):
    """Accounts, with buttons that erase a person who asked for it, and recover a lost second factor."""

    list_contact_paths = detail_contact_paths = ("pk",)
    list_display = ("email", "is_staff", "is_active", "joined_at")
    list_filter = ("is_staff", "is_active")
    search_fields = ("email",)
    fields = (
        *("email", "language", "is_reminded_a_day_before", "is_reminded_an_hour_before"),
        *("is_active", "is_staff", "joined_at"),
    )
    actions_detail = ("recover_factor", "erase")

    def get_data_subject(self, row: User, at: datetime) -> DataSubject:
        """Return the person of the account."""
        return data_subject_of(row, at=at)

    def get_erasable_rows(self) -> "QuerySet[User]":
        """Return all accounts."""
        return User.objects.all()


@admin.register(FactorRecovery)
class FactorRecoveryAdmin(RecoveryDecisionMixin, ReadOnlyAdmin):
    """Recoveries of lost second factors, with buttons that approve and stop them."""

    list_contact_paths = ("person_id",)
    detail_contact_paths = ("person_id", "requested_by_id", "approved_by_id", "stopped_by_id")
    list_display = ("person", "state", "requested_at", "due_at", "ended_at")
    list_filter = ("state",)
    list_select_related = ("person",)
    actions_detail = ("approve", "stop")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Return the recoveries of other people, as the API does."""
        assert isinstance(request.user, User)
        others = recoveries_visible_to(request.user)
        return super().get_queryset(request).filter(pk__in=others.order_by().values("pk"))


@admin.register(Skill)
class SkillAdmin(ReferenceAdmin):
    """The skills taxonomy."""

    list_display = ("name", "code", "parent", "vetted_for", "retired")
    list_filter = ("retired", "vetted_for")
    list_select_related = ("parent",)
    search_fields = ("name", "code")


@admin.register(SkillAlias)
class SkillAliasAdmin(ReferenceAdmin):
    """The words by which people look for skills. No row refers to an alias, so reviewers may delete one."""

    list_display = ("text", "skill", "is_example")
    list_filter = ("is_example",)
    list_select_related = ("skill",)
    search_fields = ("text", "folded", "skill__name", "skill__code")
    autocomplete_fields = ("skill",)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Return whether the user is a reviewer."""
        return self.has_module_permission(request)


class WordAliasForm(forms.Form):
    """The skill that an unknown word shall lead to."""

    skill = forms.ModelChoiceField(
        queryset=Skill.objects.filter(retired=False), label=gettext_lazy("It is an alias of")
    )


@admin.register(UnknownSkillWord)
class UnknownSkillWordAdmin(ReadOnlyAdmin):
    """Words that people looked for and that lead to no skill, the most frequent first."""

    list_display = ("word", "day_count", "first_on", "last_on")
    search_fields = ("word", "folded")
    fields = ("word", "day_count", "first_on", "last_on")
    actions = ("dismiss_selected_words",)
    actions_detail = ("make_alias",)

    @action(description=gettext_lazy("Make it an alias of…"), url_path="make-alias")  # type: ignore[untyped-decorator]
    def make_alias(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Ask for the skill, then make the word an alias of it."""
        word = get_row_or_404(UnknownSkillWord.objects.all(), object_id)
        form = WordAliasForm(request.POST or None)
        if form.is_valid():
            assert isinstance(request.user, User)
            try:
                make_word_alias(actor=request.user, word=word, **form.cleaned_data)
            except HandraiserError as error:
                messages.error(request, error.message)
            else:
                params = {"word": word, "skill": form.cleaned_data["skill"]}
                messages.success(request, _("“%(word)s” leads to %(skill)s now.") % params)
            return HttpResponseRedirect(reverse("admin:core_unknownskillword_changelist"))
        context = {
            **self.admin_site.each_context(request),
            "form": form,
            "opts": self.opts,
            "title": _("Make it an alias"),
            "summary": _("“%(word)s” will lead to the skill that you choose.") % {"word": word},
            "back": reverse("admin:core_unknownskillword_change", args=[object_id]),
        }
        return render(request, "admin/action_form.html", context)

    @admin.action(description=gettext_lazy("Remove: this is no skill"))
    def dismiss_selected_words(self, request: HttpRequest, words: "QuerySet[UnknownSkillWord]") -> None:
        """Remove each of the words."""
        assert isinstance(request.user, User)
        for word in words:
            dismiss_word(actor=request.user, word=word)
        messages.success(request, _("The words are removed."))


@admin.register(Jurisdiction)
class JurisdictionAdmin(ReferenceAdmin):
    """Jurisdictions, in which contests are held and volunteers would like to serve."""

    list_display = ("name", "code", "parent")
    list_select_related = ("parent",)
    search_fields = ("name", "code")


@admin.register(Party)
class PartyAdmin(ReferenceAdmin):
    """Political parties."""

    list_display = ("name", "code")
    search_fields = ("name", "code")


@admin.register(Notice)
class NoticeAdmin(ReadOnlyAdmin):
    """Notices and their delivery. Those that failed too often are set aside, and wait for a reviewer."""

    detail_contact_paths = ("contact_subject",)
    # Subjects and cause are left out: they name matches and campaigns of contests in which the reader may have a part.
    fields = (
        *("recipient", "address", "kind", "is_immediate", "created_at", "due_at", "sent_at", "read_at", "muted_at"),
        *("obsolete_at", "failed_at", "attempts", "last_error"),
    )
    list_display = ("kind", "created_at", "due_at", "sent_at", "attempts", "failed_at", "last_error")
    list_filter = (("failed_at", admin.EmptyFieldListFilter), "kind")
    actions = ("retry_selected_notices",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Return the notices; to a reviewer with a part in a contest only those that are set aside.

        Kinds and times of the others tell what goes on in a contest, and a notice does not say in which.
        """
        notices = super().get_queryset(request)
        return notices.exclude(failed_at=None) if has_any_part(get_current_user(request)) else notices

    def get_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """Return the fields, without the person for a reviewer with a part in a contest: most kinds tell of a match."""
        names = super().get_fields(request, obj)
        is_partial = has_any_part(get_current_user(request))
        return [name for name in names if name not in ("recipient", "address")] if is_partial else names

    @admin.action(description=gettext_lazy("Try again"))
    def retry_selected_notices(self, request: HttpRequest, notices: "QuerySet[Notice]") -> None:
        """Retry each notice alone, so that one that was sent in the meantime does not stop the others."""
        assert isinstance(request.user, User)
        retried = 0
        for notice in notices:
            try:
                retry_notice(actor=request.user, notice=notice, at=timezone.now())
                retried += 1
            except HandraiserError as error:
                messages.error(request, error.message)
        if retried:
            text = ngettext("%(count)d notice is tried again.", "%(count)d notices are tried again.", retried)
            messages.success(request, text % {"count": retried})


@admin.register(BouncedAddress)
class BouncedAddressAdmin(ReadOnlyAdmin):
    """Addresses from which letters come back. A reviewer who knows better has letters leave again."""

    list_contact_paths = detail_contact_paths = search_contact_paths = ("contact_subject",)
    list_display = ("address", "kind", "code", "bounced_at")
    list_filter = ("kind",)
    search_fields = ("=address",)
    fields = ("address", "kind", "code", "bounced_at")
    actions = ("clear_selected_bounces",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Return the addresses, each with the account that has it."""
        account = User.objects.filter(email=OuterRef("address")).values("pk")
        bounces: QuerySet[Any] = super().get_queryset(request).annotate(account_id=Subquery(account))
        return bounces

    @admin.action(description=gettext_lazy("It works again"))
    def clear_selected_bounces(self, request: HttpRequest, bounces: "QuerySet[BouncedAddress]") -> None:
        """Have letters leave for these addresses again."""
        count = clear_bounces_as_reviewer(actor=get_current_user(request), bounces=bounces, at=timezone.now())
        text = ngettext(
            "Letters leave for %(count)d address again.", "Letters leave for %(count)d addresses again.", count
        )
        messages.success(request, text % {"count": count})


@admin.register(Mute)
class MuteAdmin(ReadOnlyAdmin):
    """The topics that users have muted."""

    list_contact_paths = detail_contact_paths = ("user_id",)
    list_display = ("user", "topic")
    list_filter = ("topic",)
    list_select_related = ("user",)


@admin.register(ContactAccess)
class ContactAccessAdmin(ReadOnlyAdmin):
    """The contact access log: which user was shown whose contact, by id."""

    list_display = ("at", "viewer_id", "viewer_kind", "subject_id", "subject_public_id", "access_point")
    list_filter = ("viewer_kind", "access_point")
    search_fields = ("=viewer_id", "=subject_id", "=subject_public_id")
    date_hierarchy = "at"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Exclude what people in the reviewer's own contests saw of each other: it tells which side a person works for.

        What other reviewers saw is left out whole: a list of members that one of them opened names each of its people.
        """
        rows = super().get_queryset(request)
        assert isinstance(request.user, User)
        contest_ids = list_contests_of(request.user)
        if not contest_ids:
            return rows
        people = users_with_part(contest_ids).exclude(pk=request.user.pk).values("pk")
        is_hidden = Q(viewer_id__in=people) | Q(subject_id__in=people)
        is_of_others = ~is_hidden & ~Q(viewer_kind=ViewerKind.REVIEWER)
        return rows.filter(Q(viewer_id=request.user.pk) | is_of_others)
