"""Contacts are shown by `ContactField` and the tag `contact` alone, which record it."""

import csv
import inspect
import re
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db.models import Model
from django.http import HttpRequest
from django.template import Context, Template
from rest_framework import serializers
from rest_framework.generics import GenericAPIView

from campaigns.models import Member
from core.enums import AccessPoint, ViewerKind
from core.models import ContactAccess, User
from core.privacy.contact_fields import ContactField
from core.privacy.contact_logging import render_with_contacts
from tests.cast import Cast, create_user
from tests.core.privacy.personal_data_map import MAP_FILE

ROOT = Path(settings.BASE_DIR)

# Columns that hold how a person is reached; all are in docs/personal-data.csv.
CONTACT_COLUMNS = {
    ("account_emailaddress", "email"),
    ("campaigns_candidateaddress", "email"),
    ("campaigns_candidatelink", "email"),
    ("campaigns_memberinvitation", "email"),
    ("campaigns_request", "channel"),
    ("core_bouncedaddress", "address"),
    ("core_notice", "address"),
    ("core_removedaddress", "address"),
    ("core_user", "email"),
    ("volunteers_volunteer", "contact"),
    ("volunteers_volunteer", "email"),
}
# Names under which serializers and properties of models pass these columns on.
CONTACT_NAMES = {"address", "channel", "contact", "email", "owner", "phone", "reach", "successor"}

# Serializer fields that show a contact without recording it, and why.
ALLOWED = {
    "CalendarAddressSerializer.address": "where one's own calendar is read",
    "ConductSerializer.address": "the page with the code of conduct",
    "KickOffSerializer.channel": "the owner beside it is recorded, and a channel of an emergency is the owner's",
    "MeSerializer.email": "one's own",
    "MeSerializer.warnings": "about one's own, without the address",
    "MyMatchSerializer.my_contact": "one's own",
    "ProfileSerializer.contact": "one's own",
    "ReviewerSerializer.email": "a colleague’s, for administrators who give roles; no volunteer’s and no campaign’s",
}


def our_serializers() -> list[type[serializers.Serializer[Any]]]:
    import_module(settings.ROOT_URLCONF)
    found: dict[str, type[serializers.Serializer[Any]]] = {}
    waiting: list[type[Any]] = [serializers.Serializer]
    ours = {config.label for config in apps.get_app_configs() if Path(config.path).parent == ROOT}
    while waiting:
        for kind in waiting.pop().__subclasses__():
            waiting.append(kind)
            if kind.__module__.partition(".")[0] in ours:
                found[kind.__name__] = kind
    return [found[name] for name in sorted(found)]


def column_of(model: type[Model] | None, source: str) -> tuple[str, str] | None:
    """The column at the end of a path from a model; None where the path leaves the models."""
    *steps, last = source.split(".")
    for step in steps:
        field = model and next((one for one in model._meta.get_fields() if one.name == step), None)
        model = field.related_model if field else None  # type: ignore[union-attr]
    names = {field.name for field in model._meta.concrete_fields} if model else set()
    return (model._meta.db_table, last) if model and last in names else None


def shows_contact(
    serializer: serializers.Serializer[Any], name: str, field: serializers.Field[Any, Any, Any, Any]
) -> bool:
    """Whether a field shows a contact without recording it."""
    if field.write_only or isinstance(field, ContactField):
        return False
    if isinstance(field, serializers.SerializerMethodField):
        source = inspect.getsource(getattr(serializer, field.method_name or f"get_{name}"))
        return name in CONTACT_NAMES or re.search(rf"\.({'|'.join(CONTACT_NAMES - {'contact'})})\b", source) is not None
    column = column_of(getattr(getattr(serializer, "Meta", None), "model", None), field.source or name)
    if column is not None:
        return column in CONTACT_COLUMNS
    # A plain serializer, or a property: known by its name, unless it only reads what was sent.
    path = (field.source or name).split(".")
    return name in CONTACT_NAMES or path[-1] in CONTACT_NAMES


def test_every_contact_is_shown_by_a_contact_field() -> None:
    outputs = [kind() for kind in our_serializers() if not kind.__name__.endswith("Input")]

    bare = {
        f"{type(serializer).__name__}.{name}"
        for serializer in outputs
        for name, field in serializer.fields.items()
        if shows_contact(serializer, name, field)
    }

    assert len(outputs) > 40
    assert bare == set(ALLOWED)


def test_the_columns_with_contacts_are_those_of_the_map() -> None:
    with MAP_FILE.open() as file:
        listed = {(line["table"], line["column"]) for line in csv.DictReader(file)}
    named = {
        (table, column) for table, column in listed if column in {"email", "address", "contact", "phone", "channel"}
    }

    assert named == CONTACT_COLUMNS


TEMPLATES = sorted(path for path in ROOT.glob("*/templates/**/*") if path.suffix in (".html", ".txt"))
assert TEMPLATES  # an empty list of cases would pass
OUTPUT = re.compile(
    r"\{\{[^}]*\.(?:email|reach|contact|channel|owner)\b|=[\w.]*\.(?:email|reach|contact|channel|owner)\b"
)

# The address of the user who is signed in, or signs in.
OWN_OUTPUT = ("{{ user.email", "=user.email", "{{ attrs.form.user.email")


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_contact_on_a_page_is_shown_by_the_tag(path: Path) -> None:
    shown = OUTPUT.findall(path.read_text())

    assert [text for text in shown if text not in OWN_OUTPUT] == []


class MemberContactSerializer(serializers.Serializer[Any]):
    email = ContactField(source="user.email", subject="user_id", visible_if="is_visible")

    def is_visible(self, member: Member) -> bool:
        return member.position != "staff"


def test_a_field_in_a_view_without_the_log_fails(cast: Cast) -> None:
    member = Member(user=cast.carol, campaign=cast.campaign, position="staff")

    for context in ({}, GenericAPIView(request=None, format_kwarg=None).get_serializer_context()):
        with pytest.raises(ImproperlyConfigured, match=r"MemberContactSerializer\.email .* ContactAccessLogMixin"):
            str(MemberContactSerializer(member, context=context).data)


def test_a_field_records_what_it_shows_and_nothing_else(cast: Cast) -> None:
    shown: set[Any] = set()

    def render(position: str, user: User | None = None) -> Any:
        member = Member(user=user or cast.carol, campaign=cast.campaign, position=position)
        return MemberContactSerializer(member, context={"contacts_shown": shown}).data["email"]

    assert (render("staff"), shown) == ("", set())
    assert (render("manager"), shown) == ("carol@example.org", {cast.carol.pk})
    assert (render("manager", User(email="new@example.org")), shown) == ("", {cast.carol.pk})


def test_the_tag_records_what_it_shows(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    rita, carol = create_user("rita", reviewer=True), create_user("carol")
    template = Template("{% load contacts %}{% contact user.email user.pk %}")

    def fake_render(request: HttpRequest, name: str, context: dict[str, Any], status: int) -> str:
        return template.render(Context(context))

    monkeypatch.setattr("core.privacy.contact_logging.render", fake_render)
    page: Any = render_with_contacts(
        HttpRequest(),
        "page.html",
        {"user": carol},
        viewer=rita,
        viewer_kind=ViewerKind.REVIEWER,
        access_point=AccessPoint.REVIEW,
    )

    assert page == "carol@example.org"
    assert list(ContactAccess.objects.values_list("viewer_id", "subject_id", "access_point")) == [
        (rita.pk, carol.pk, "review")
    ]
    with pytest.raises(ImproperlyConfigured, match="no contact access log"):
        template.render(Context({"user": carol}))
