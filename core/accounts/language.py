"""Set the language of an account."""

from django.conf import settings

from core.models import User
from core.unknown_codes import unknown_code_error


def set_language(*, actor: User, language: str) -> User:
    """Set the language of letters to the user. Raises Invalid for an unknown language."""
    if language not in dict(settings.LANGUAGES):
        raise unknown_code_error("interface_language", language, field="language")
    User.objects.filter(pk=actor.pk).update(language=language)
    actor.language = language
    return actor
