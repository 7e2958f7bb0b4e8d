"""Words that people looked for and that lead to no skill: store them without their sender, and make them aliases."""

import unicodedata
from datetime import date, datetime

from django.db import connection, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from core.errors import Invalid, NotAllowed
from core.models import Skill, SkillAlias, UnknownSkillWord, User
from core.models.skill import MAX_ALIAS_LENGTH, MAX_FOLDED_LENGTH
from core.reference.word_search import is_known_word
from core.text_folding import fold_text
from core.visible_text import is_visible

MAX_UNKNOWN_WORDS = 5_000
MAX_NEW_UNKNOWN_WORDS_PER_DAY = 200
MAX_WORDS_IN_UNKNOWN_WORD = 5
MAX_DIGITS_IN_UNKNOWN_WORD = 5  # as in ISO 27001; a telephone number has more

_ALLOWED_SIGNS = " +#.-"
_JOINERS = "\u200c\u200d"  # they join or part the letters of a word in Hindi, Persian and other languages


@transaction.atomic
def report_unknown_word(*, word: str, at: datetime) -> None:
    """Store a word that a person looked for in vain; a word that leads to a skill is not stored.

    It is stored once a day at most, with the day and without the person. When the table or the day is full, a new word
    is dropped. Raises Invalid for anything that could be an address or a number of a person.
    """
    text = " ".join(word.split())
    folded = fold_text(text)
    _check_word(text, folded)
    if is_known_word(text):
        return
    with connection.cursor() as cursor:
        # Counting and writing must be one step, or the bounds would not hold.
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('unknown_skill_words'))")
    today = at.date()
    known = UnknownSkillWord.objects.filter(folded=folded)
    if known.exists():
        known.filter(last_on__lt=today).update(day_count=F("day_count") + 1, last_on=today)
    elif _has_room(today):
        UnknownSkillWord.objects.create(word=text, folded=folded, first_on=today, last_on=today)


def _check_word(text: str, folded: str) -> None:
    is_short = (
        0 < len(text) <= MAX_ALIAS_LENGTH
        and 0 < len(folded) <= MAX_FOLDED_LENGTH
        and len(text.split()) <= MAX_WORDS_IN_UNKNOWN_WORD
    )
    if not is_short:
        raise Invalid(
            _("This is no word for a skill. Send one skill, in %(words)d words at most.")
            % {"words": MAX_WORDS_IN_UNKNOWN_WORD},
            field="word",
        )
    digits = sum(character.isdigit() for character in text)
    has_letter = any(character.isalpha() and is_visible(character) for character in text)
    if not has_letter or digits > MAX_DIGITS_IN_UNKNOWN_WORD or not _has_allowed_characters(text):
        raise Invalid(
            _(
                "This could be an address or a number. Send a skill: letters, a few digits, spaces and + # . - may be "
                "in it."
            ),
            field="word",
        )


def _has_allowed_characters(text: str) -> bool:
    """Return whether a text begins with a letter or a digit, and holds only these, marks on them, and a few signs."""
    allowed = (
        character in _ALLOWED_SIGNS + _JOINERS
        or unicodedata.category(character).startswith("M")
        or (character.isalnum() and is_visible(character))
        for character in text
    )
    return text[0].isalnum() and all(allowed)


def _has_room(today: date) -> bool:
    if UnknownSkillWord.objects.filter(first_on=today).count() >= MAX_NEW_UNKNOWN_WORDS_PER_DAY:
        return False
    return UnknownSkillWord.objects.count() < MAX_UNKNOWN_WORDS


@transaction.atomic
def make_word_alias(*, actor: User, word: UnknownSkillWord, skill: Skill) -> SkillAlias:
    """Make an unknown word an alias of a skill, and delete it from the unknown words. Raises NotAllowed."""
    _check_reviewer(actor)
    alias, _created = SkillAlias.objects.get_or_create(skill=skill, folded=word.folded, defaults={"text": word.word})
    UnknownSkillWord.objects.filter(pk=word.pk).delete()
    return alias


def dismiss_word(*, actor: User, word: UnknownSkillWord) -> None:
    """Delete an unknown word that is no skill. Raises NotAllowed."""
    _check_reviewer(actor)
    UnknownSkillWord.objects.filter(pk=word.pk).delete()


def _check_reviewer(actor: User) -> None:
    if not actor.is_reviewer:
        raise NotAllowed(_("Only reviewers decide about unknown words. Ask a reviewer to do it."))


def delete_old_words(expired_before: datetime, at: datetime, max_rows: int) -> int:
    """Delete words that were last looked for until `expired_before`, and return how many."""
    old = UnknownSkillWord.objects.filter(last_on__lte=expired_before.date()).order_by("pk")
    deleted, _by_model = UnknownSkillWord.objects.filter(
        pk__in=list(old.values_list("pk", flat=True)[:max_rows])
    ).delete()
    return deleted
