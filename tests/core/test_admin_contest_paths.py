"""Every admin page and inline whose rows lead to a contest says by which path."""

from collections.abc import Iterator
from typing import Any

from django.contrib import admin
from django.db.models import Field, Model

import config.urls  # noqa: F401 - it finds the admin pages of all apps, in their order
from campaigns.models import Contest
from core.admin_base import ReviewerReadOnlyMixin
from core.models import Party
from matching.models import Match, Run, RunArrays


def leads_to_contest(model: type[Model], seen: frozenset[type[Model]] = frozenset()) -> bool:
    """Whether some chain of forward relations, single or many, ends at a contest."""
    if model._meta.concrete_model is Contest:
        return True
    if model in seen:
        return False
    related = [field.related_model for field in _forward_relations(model)]
    return any(leads_to_contest(one, seen | {model}) for one in related)


def _forward_relations(model: type[Model]) -> Iterator[Any]:
    for field in model._meta.get_fields():
        if field.is_relation and not field.auto_created and isinstance(field.related_model, type):
            yield field


def ends_at_contest(model: type[Model], path: str) -> bool:
    """Whether this lookup path is the id of a contest."""
    current: Any = model
    if path == "pk":
        return current is Contest
    for name in path.split("__"):
        field: Field[Any, Any] = current._meta.get_field(name)
        current = field.related_model
    return current is Contest


WITHOUT_CONTEST = {
    "campaigns.playbook": "reference data",
    "core.bouncedaddress": "addresses from which letters come back, whatever they told of",
    "core.contactaccess": "filtered by people: what is seen in the reader's contests, and what other reviewers saw",
    "core.factorrecovery": "accounts and their factors; the reader's own are left out",
    "core.jurisdiction": "reference data",
    "core.mute": "which letters a user wants",
    "core.notice": "to a reader with a part only what is set aside, without the person",
    "core.party": "reference data",
    "core.skill": "reference data",
    "core.skillalias": "reference data",
    "core.unknownskillword": "words that people looked for, without who did",
    "core.user": "accounts; no column changes with what a person does in a contest",
    "matching.calendarfeed": "that a volunteer has a calendar address",
    "matching.dutyshift": "when a reviewer is on duty, for every contest",
    "matching.policy": "numbers for all contests",
    "volunteers.availabilitywindow": "what volunteers say of their week",
    "volunteers.invitation": "imported people, before they are in any contest",
    "volunteers.levelquestion": "hidden from a reader with a part: a decision about a match asks",
    "volunteers.skillclaim": "what volunteers say of their skills",
    "volunteers.timeoff": "what volunteers say of their days off",
    "volunteers.vetting": "who a volunteer is; not of the reader",
    "volunteers.volunteer": "to a reader with a part without the columns that a match changes",
}
"""The pages whose rows are in no contest, each with why it tells a reviewer with a part in one nothing of that."""


def list_pages() -> list[tuple[str, type[Model], Any]]:
    pages: list[tuple[str, type[Model], Any]] = []
    for model, page in admin.site._registry.items():
        pages.append((type(page).__name__, model, type(page)))
        pages += [(f"{type(page).__name__}: {inline.__name__}", inline.model, inline) for inline in page.inlines]
    return pages


def test_every_page_and_inline_of_a_contest_declares_the_path_to_it() -> None:
    undeclared = []
    for name, model, page in list_pages():
        path = getattr(page, "contest_path", "")
        if leads_to_contest(model) and not (issubclass(page, ReviewerReadOnlyMixin) and ends_at_contest(model, path)):
            undeclared.append(name)

    assert undeclared == []


def test_each_page_that_is_not_filtered_by_contest_is_listed_with_the_reason() -> None:
    unfiltered = {
        model._meta.label_lower for model, page in admin.site._registry.items() if not getattr(page, "contest_path", "")
    }

    assert unfiltered == set(WITHOUT_CONTEST)


def test_the_walk_finds_what_leads_to_a_contest_and_nothing_else() -> None:
    assert [leads_to_contest(model) for model in (Match, Run, RunArrays, Contest, Party)] == [True] * 4 + [False]
    assert not ends_at_contest(Match, "request__campaign")
