"""Set the language of an account."""

from django.conf import settings

from core.models import User
from core.unknown_codes import unknown_code_error


def check_interface_language(language: str) -> None:
    """Raise Invalid for a language that has no catalogue here."""
    if language not in dict(settings.LANGUAGES):
        raise unknown_code_error("interface_language", language, field="language")


def set_language(*, actor: User, language: str) -> User:
    """Set the language of letters to the user, and of their pages. Raises Invalid for an unknown language."""
    check_interface_language(language)
    User.objects.filter(pk=actor.pk).update(language=language)
    actor.language = language
    return actor
