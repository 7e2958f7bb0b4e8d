"""What somebody sets about their own account."""

from django.conf import settings

from core.errors import Invalid
from core.models import User


def set_language(*, actor: User, language: str) -> User:
    """The language in which the person is written to from now on. Raises Invalid for one that we do not know."""
    if language not in dict(settings.LANGUAGES):
        raise Invalid(f"“{language}” is not a language that we know. Give a code like “en” or “es”.", field="language")
    User.objects.filter(pk=actor.pk).update(language=language)
    actor.language = language
    return actor
