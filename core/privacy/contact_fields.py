"""Serializer fields that render how a person is reached, and record it."""

from typing import Any

from django.core.exceptions import ImproperlyConfigured
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.fields import get_attribute

from core.models.contact_access import ContactSubject
from core.privacy.contact_logging import CONTACTS_SHOWN


class ContactField(serializers.CharField):
    """Renders a contact, and adds the person whose it is to the view's contact access log.

    `subject` is the path from the instance to the person's account id or, without an account, to the public id of the
    row that holds the contact. `visible_if` names a method of the serializer that takes the instance; where it returns
    false, or there is no subject, the field is empty and nothing is recorded.
    """

    def __init__(self, *, subject: str, visible_if: str = "", **kwargs: Any) -> None:
        self.subject = subject
        self.visible_if = visible_if
        kwargs["read_only"] = True
        super().__init__(**kwargs)

    def get_attribute(self, instance: Any) -> str:
        """Return the contact, and record it. Raises ImproperlyConfigured in a view without a contact access log."""
        contacts_shown: set[ContactSubject] | None = self.context.get(CONTACTS_SHOWN)
        if contacts_shown is None:
            raise ImproperlyConfigured(
                f"{type(self.parent).__name__}.{self.field_name} shows a contact, but there is no contact access log. "
                "Give the view ContactAccessLogMixin, and the serializer the context of the view."
            )
        if self.visible_if and not getattr(self.parent, self.visible_if)(instance):
            return ""
        subject: ContactSubject | None = get_attribute(instance, self.subject.split("."))
        contact = super().get_attribute(instance) if subject is not None else ""
        if not contact or subject is None:
            return ""
        contacts_shown.add(subject)
        return str(contact)


@extend_schema_field(OpenApiTypes.EMAIL)
class ContactEmailField(ContactField):
    """A contact that always is a mail address."""
