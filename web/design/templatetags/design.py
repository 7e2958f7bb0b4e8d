"""Tags and filters of the components."""

from collections.abc import Iterator
from dataclasses import dataclass
from secrets import token_urlsafe
from typing import Any

from django import forms, template
from django.conf import settings
from django.forms.boundfield import BoundField
from django.http import HttpRequest
from django.template import Context
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.accounts import mfa
from core.models import BouncedAddress, User
from core.notifications.bounces import find_bounce
from core.notifications.moments import format_day, format_day_with_year, format_weekday, format_weekday_with_year
from web.design.form_keys import FORM_KEY_FIELD, FORM_OWNER_FIELD, find_form_owner
from web.design.navigation import Destination, find_destinations

register = template.Library()

NOTICE_KINDS = {"success": "ok", "ok": "ok", "warning": "warn", "warn": "warn", "error": "bad", "bad": "bad"}
NOTICE_ICONS = {"ok": "tick", "warn": "warning", "bad": "warning", "info": "info"}


@dataclass(frozen=True, slots=True)
class SummaryError:
    """An error of the summary; `field_id` is the input to which it links, empty for the form as a whole."""

    message: str
    field_id: str


@dataclass(frozen=True, slots=True)
class ErrorSummary:
    """Everything that is wrong with a form."""

    title: str
    errors: list[SummaryError]


@register.filter
def notice_kind(kind: object) -> str:
    """Return the style of a notice for one of our kinds, or for a level of Django's messages."""
    return NOTICE_KINDS.get(str(kind or ""), "info")


@register.filter
def notice_icon(kind: object) -> str:
    """Return the icon of a notice."""
    return NOTICE_ICONS[notice_kind(kind)]


@register.filter
def field_kind(field: BoundField) -> str:
    """Return how a field is drawn: hidden, checkbox (one box), choices (radios or boxes) or text."""
    widget = field.field.widget
    if widget.is_hidden:
        return "hidden"
    if isinstance(widget, forms.CheckboxInput):
        return "checkbox"
    return "choices" if isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple) else "text"


@register.filter
def error_summaries(form: object) -> Iterator[ErrorSummary]:
    """Yield the summary of a form with errors, and nothing for one without."""
    if not isinstance(form, forms.BaseForm) or not form.errors:
        return
    errors = [SummaryError(str(message), "") for message in form.non_field_errors()]
    for name, messages in form.errors.items():
        if name in form.fields:
            field = form[name]
            errors += [SummaryError(_name_field(field, message), _find_input_id(field)) for message in messages]
    title = ngettext("One thing needs another look", "%(count)d things need another look", len(errors))
    yield ErrorSummary(title % {"count": len(errors)}, errors)


def _name_field(field: BoundField, message: object) -> str:
    if field.is_hidden:
        return str(message)  # nobody sees its label
    if str(field.label).endswith(("?", ".", ":", "!")):
        return f"{field.label} {message}"
    return _("%(label)s: %(message)s") % {"label": field.label, "message": message}


def _find_input_id(field: BoundField) -> str:
    if field.is_hidden:
        return ""
    if field_kind(field) == "choices":
        return f"{field.auto_id}_0"
    return str(field.id_for_label or field.auto_id)


@register.simple_tag(takes_context=True)
def form_key(context: Context) -> SafeString:
    """Return the hidden inputs that make a double click one submission, and that say for whose account it is."""
    request = getattr(context, "request", None)  # there too in a part that is included with nothing else
    owner = find_form_owner(request) if isinstance(request, HttpRequest) and hasattr(request, "user") else ""
    marks = [(FORM_KEY_FIELD, token_urlsafe(16)), *([(FORM_OWNER_FIELD, owner)] if owner else [])]
    return format_html_join("", '<input type="hidden" name="{}" value="{}">', marks)


@register.simple_tag(takes_context=True, name="destinations")
def list_destinations(context: dict[str, Any]) -> list[Destination]:
    """Return the places to which the header leads the reader."""
    request = context.get("request")
    return list(find_destinations(request)) if isinstance(request, HttpRequest) else []


@register.simple_tag
def optional_link(name: str) -> str:
    """Return the address of a page that may not be there, or an empty text."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


@register.simple_tag
def email_code_minutes() -> int:
    """Return for how many minutes a mailed code is valid."""
    minutes: int = settings.EMAIL_CODE_MINUTES
    return minutes


register.filter("day", format_day)
register.filter("day_with_year", format_day_with_year)
register.filter("weekday", format_weekday)
register.filter("weekday_with_year", format_weekday_with_year)


@register.filter
def without_placeholders(form: forms.BaseForm) -> forms.BaseForm:
    """Return the form without placeholders: they vanish while one types, and the label says the same."""
    for field in form.fields.values():
        field.widget.attrs.pop("placeholder", None)
    return form


@register.filter
def spaced_code(code: str) -> str:
    """Return six digits as two groups of three, which are easier to read and to type; another code as it is."""
    return f"{code[:3]} {code[3:]}" if len(code) == 6 and code.isdigit() else code


@register.simple_tag
def find_wanted_address(request: HttpRequest) -> str:
    """Return the page that asked for the second factor which this session has now; empty if none did."""
    wanted: str = request.session.get(mfa.WANTED_ADDRESS_SESSION_KEY, "")
    if not wanted or not isinstance(request.user, User) or not mfa.session_has_mfa(request.session, request.user):
        return ""
    return wanted


@register.simple_tag(takes_context=True)
def find_own_bounce(context: Context) -> BouncedAddress | None:
    """Return what is known of letters to the reader that came back; None if they arrive."""
    user = getattr(context.get("request"), "user", None)
    return find_bounce(user.email) if isinstance(user, User) else None


@register.filter
def link_phone(text: str) -> SafeString:
    """Return a sentence in which the operator's phone, where it names it, is a link that calls."""
    phone = settings.OPERATOR["phone"]
    if not phone or phone not in text:
        return format_html("{}", text)
    before, _phone, after = text.partition(phone)
    return format_html('{}<a class="nobreak" href="tel:{}">{}</a>{}', before, phone.replace(" ", ""), phone, after)
