"""The names of a candidate and of a campaign, as they are given and corrected. Without database."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass

from django.utils.translation import gettext as _

from core.field_errors import FieldErrors

MAX_CANDIDATE_NAME_LENGTH = 120
MAX_CAMPAIGN_NAME_LENGTH = 160


@dataclass(frozen=True, slots=True, kw_only=True)
class NameChange:
    """The right names; None leaves one as it is."""

    candidate: str | None = None
    name: str | None = None

    @property
    def given(self) -> dict[str, str]:
        """The names that are given, with one space between their words."""
        return {field: " ".join(text.split()) for field, text in asdict(self).items() if text is not None}


def check_names(names: Mapping[str, str]) -> None:
    """Check the given names. Raises Invalid, naming every one to correct."""
    errors = FieldErrors()
    for field, limit in (("candidate", MAX_CANDIDATE_NAME_LENGTH), ("name", MAX_CAMPAIGN_NAME_LENGTH)):
        if field in names and not names[field]:
            errors.add(field, _("This name is empty. Write it as people are to read it."))
        elif len(names.get(field, "")) > limit:
            errors.add(field, _("This name has more than %(limit)s characters. Shorten it.") % {"limit": limit})
    errors.raise_if_any()
