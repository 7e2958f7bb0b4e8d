"""Set the language of an account."""

from django.conf import settings
from django.utils.translation import gettext as _

from core.errors import Invalid
from core.models import User


def set_language(*, actor: User, language: str) -> User:
    """Set the language of letters to the user. Raises Invalid for an unknown language."""
    if language not in dict(settings.LANGUAGES):
        raise Invalid(
            _("“%(language)s” is not a language that we know. Give a code like “en” or “es”.") % {"language": language},
            field="language",
        )
    User.objects.filter(pk=actor.pk).update(language=language)
    actor.language = language
    return actor
