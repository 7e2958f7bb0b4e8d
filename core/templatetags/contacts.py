"""The template tag that shows how a person is reached, and records it."""

from typing import Any

from django import template
from django.core.exceptions import ImproperlyConfigured

from core.models.contact_access import ContactSubject
from core.privacy.contact_logging import CONTACTS_SHOWN

register = template.Library()


@register.simple_tag(takes_context=True)
def contact(context: template.Context, shown_contact: Any, subject: ContactSubject) -> str:
    """Show a contact and record whose it is: `{% contact member.user.email member.user_id %}`.

    Raises ImproperlyConfigured on a page that `core.privacy.contact_logging.render_with_contacts` did not render.
    """
    contacts_shown: set[ContactSubject] | None = context.get(CONTACTS_SHOWN)
    if contacts_shown is None:
        raise ImproperlyConfigured(
            "The tag contact shows a contact, but the page has no contact access log: use render_with_contacts."
        )
    if not shown_contact or not subject:
        return ""
    contacts_shown.add(subject)
    return str(shown_contact)
