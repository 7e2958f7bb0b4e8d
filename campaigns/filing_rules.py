"""What a campaign says so that we can check who it is: its public filing, and two phones. Without database."""

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.errors import Invalid
from core.field_errors import FieldErrors

MAX_FILING_REFERENCE_LENGTH = 300
MIN_FILING_REFERENCE_LENGTH = 3
MAX_PHONE_LENGTH = 40
NATIONAL_PHONE_DIGITS = 10
"""The digits of a number of the United States, with its area code. With the 1 in front they are one more."""
MIN_PHONE_DIGITS = 8
MAX_PHONE_DIGITS = 15
"""The digits of a number of another country, which begins with “+”."""
MAX_EXTENSION_DIGITS = 6
_PHONE_SIGNS = frozenset("0123456789 +-()./#*x,;extEXT")
_EXTENSION = re.compile(r"[#*x,;]|ext", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class FilingFacts:
    """What is needed to check a campaign.

    `reference` is the address or the number of the public filing. `callback_phone` stands in that filing, and
    `safe_phone` reaches a member also when the campaign's email is lost.
    """

    reference: str
    callback_phone: str
    safe_phone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FilingChange:
    """New values of a filing; None leaves a field as it is."""

    reference: str | None = None
    callback_phone: str | None = None
    safe_phone: str | None = None

    @property
    def given(self) -> dict[str, str]:
        """The fields that are given, without spaces at their ends."""
        return {name: value.strip() for name, value in asdict(self).items() if value is not None}


def check_filing(values: Mapping[str, str]) -> None:
    """Check the given fields of a filing. Raises Invalid, naming every field to correct."""
    errors = FieldErrors()
    if "reference" in values and not _may_be_reference(values["reference"].strip()):
        errors.add("reference", _("Give the web address or the number of the filing, so that we find it."))
    for name in ("callback_phone", "safe_phone"):
        if name in values:
            with errors.collect():
                check_phone(values[name], field=name)
    errors.raise_if_any()


def _may_be_reference(reference: str) -> bool:
    """Return whether this may be a number, which has a digit, or a web address, which has a dot within."""
    is_known_kind = any(sign.isdecimal() for sign in reference) or "." in reference.strip(".")
    return is_known_kind and MIN_FILING_REFERENCE_LENGTH <= len(reference) <= MAX_FILING_REFERENCE_LENGTH


def check_phone(phone: str, *, field: str) -> None:
    """Raise Invalid unless this is a whole phone number.

    One of the United States has ten digits, or eleven with its 1; one that begins with “+” and another digit has 8 to
    15. An extension may follow.
    """
    number, *extension = _EXTENSION.split(phone.strip(), maxsplit=1)
    digits = _read_digits(number)
    is_long = len(phone) > MAX_PHONE_LENGTH or len(_read_digits("".join(extension))) > MAX_EXTENSION_DIGITS
    if is_long or not digits or set(phone) - _PHONE_SIGNS:
        raise Invalid(_("This is no phone number. Give it with its area code, such as +1 503 555 0142."), field=field)
    is_foreign = number.startswith("+") and not digits.startswith("1")
    if is_foreign and not MIN_PHONE_DIGITS <= len(digits) <= MAX_PHONE_DIGITS:
        text = _("A number that begins with + has 8 to 15 digits. Look at it once more.")
        raise Invalid(text, field=field)
    count = len(digits) - digits.startswith("1")  # no area code begins with the 1 of the country
    if not is_foreign and count != NATIONAL_PHONE_DIGITS:
        shown = count if len(digits) == NATIONAL_PHONE_DIGITS else len(digits)  # never “has 10, and has 10 then”
        text = ngettext(
            "This number has %(count)d digit. With the area code it has 10.",
            "This number has %(count)d digits. With the area code it has 10.",
            shown,
        )
        raise Invalid(text % {"count": shown}, field=field)


def is_same_phone(one: str, other: str) -> bool:
    """Return whether two numbers have the same digits, however they are separated."""
    return _read_digits(one) == _read_digits(other)


def _read_digits(phone: str) -> str:
    return "".join(sign for sign in phone if sign.isdecimal() and sign.isascii())
