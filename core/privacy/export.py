"""Export the personal data of a user."""

from datetime import datetime
from typing import Any

from core.enums import AccessPoint, ViewerKind
from core.models import User
from core.privacy.contact_access import record_contact_access
from core.privacy.export_sections import collect_personal_data


def export_personal_data(*, actor: User, at: datetime) -> dict[str, Any]:
    """Return the personal data of `actor`, section by section, and record the export in the contact access log."""
    export = {"made_at": at, "held": collect_personal_data(actor)}
    record_contact_access(actor, ViewerKind.SELF, [actor.pk], AccessPoint.EXPORT, at=at)
    return export
