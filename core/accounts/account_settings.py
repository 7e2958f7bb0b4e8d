"""Change the settings of an account: its name, its language, which letters come, the reminders before a meeting."""

from collections.abc import Collection

from django.db import transaction

from core.accounts.language import set_language
from core.enums import NoticeTopic
from core.models import User
from core.notifications.muted_topics import replace_muted_topics


@transaction.atomic
def change_account_settings(
    *,
    actor: User,
    language: str | None = None,
    first_name: str | None = None,
    is_reminded_a_day_before: bool | None = None,
    is_reminded_an_hour_before: bool | None = None,
) -> User:
    """Change those settings of the user that are given; None leaves one as it is. Raises Invalid (unknown language).

    An empty first name is none. Volunteers read it where they see the user's contact, and so do colleagues.

    The reminders are those before each meeting of a project: by letter, and as alarms in the user's calendar feed.
    """
    reminders = {
        "is_reminded_a_day_before": is_reminded_a_day_before,
        "is_reminded_an_hour_before": is_reminded_an_hour_before,
    }
    changes: dict[str, bool | str] = {name: wanted for name, wanted in reminders.items() if wanted is not None}
    if first_name is not None:
        changes["first_name"] = first_name.strip()
    if language is not None:
        set_language(actor=actor, language=language)
    if changes:
        User.objects.filter(pk=actor.pk).update(**changes)
        for name, value in changes.items():
            setattr(actor, name, value)
    return actor


@transaction.atomic
def choose_letters(
    *,
    actor: User,
    muted: Collection[NoticeTopic],
    among: Collection[NoticeTopic],
    is_reminded_a_day_before: bool,
    is_reminded_an_hour_before: bool,
) -> None:
    """Mute these topics for the user and unmute the others of `among`, and set both reminders."""
    replace_muted_topics(user=actor, topics=muted, among=among)
    change_account_settings(
        actor=actor,
        is_reminded_a_day_before=is_reminded_a_day_before,
        is_reminded_an_hour_before=is_reminded_an_hour_before,
    )
