"""The adapter of allauth's API: what its answers say of an account."""

from dataclasses import dataclass, field, fields
from typing import Any
from uuid import uuid4

from allauth.headless.adapter import DefaultHeadlessAdapter

from core.models import User


@dataclass
class AccountSummary:
    """An account in the answers of a sign-in. Numbers in order stay inside: they tell how many accounts were made."""

    id: str | None = field(metadata={"description": "The account's id.", "example": str(uuid4())})
    display: str = field(metadata={"description": "The account's address.", "example": "alex@example.org"})
    email: str | None = field(metadata={"description": "The proved address.", "example": "alex@example.org"})
    has_usable_password: bool = field(metadata={"description": "Whether it has a password.", "example": True})


class HeadlessAdapter(DefaultHeadlessAdapter):  # type: ignore[misc]
    """allauth's adapter, with the public id of an account in place of its number."""

    def get_user_dataclass(self) -> type[AccountSummary]:
        """Return the shape of an account, which the document of the API describes."""
        return AccountSummary

    def user_as_dataclass(self, user: User) -> AccountSummary:
        """Return an account; it has no id before it is stored."""
        shown: Any = super().user_as_dataclass(user)
        values = {each.name: getattr(shown, each.name) for each in fields(AccountSummary)}
        return AccountSummary(**values | {"id": str(user.public_id) if user.pk else None})
