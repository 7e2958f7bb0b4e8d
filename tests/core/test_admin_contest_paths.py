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


def test_the_walk_finds_what_leads_to_a_contest_and_nothing_else() -> None:
    assert [leads_to_contest(model) for model in (Match, Run, RunArrays, Contest, Party)] == [True] * 4 + [False]
    assert not ends_at_contest(Match, "request__campaign")
