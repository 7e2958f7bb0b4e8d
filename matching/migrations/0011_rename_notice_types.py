"""Rename the stored types of notices, of all apps, to words that say what happened and to what."""

from django.db import migrations

NEW_TYPES = {
    "recovery-review": "factor-recovery-review",
    "to-verify": "verification-requested",
    "registered": "verification-started",
    "verify-waits": "verification-overdue",
    "being-verified": "verification-delayed",
    "paused": "campaign-paused",
    "primary-over": "election-day-passed",
    "day-corrected": "election-day-corrected",
    "manager-ended": "manager-access-ended",
    "no-reviewer": "contest-without-reviewer",
    "answers-late": "hand-answers-overdue",
    "level": "level-question",
    "still-there": "availability-check",
    "reminder": "offer-reminder",
    "asked-again": "offer-changed",
    "accepted": "offer-accepted",
    "expired": "offer-expired",
    "recorded": "acceptance-recorded",
    "answer-reminder": "campaign-answer-reminder",
    "changed-terms": "request-terms-changed",
    "changed": "request-text-changed",
    "begun": "work-started",
    "closing": "handover-started",
    "handed-over": "handover-completed",
    "wound-up": "handover-ended",
    "completed": "match-completed",
    "over": "match-ended",
    "withdrew": "volunteer-withdrew",
    "freed": "volunteer-released",
    "silent": "message-reminder",
    "waits": "answer-overdue",
    "in-review": "review-delayed",
    "review-waits": "review-overdue",
    "report-waits": "report-overdue",
    "apart": "team-without-common-hours",
    "nothing": "no-match-yet",
    "unfilled": "empty-seats",
    "pin-waits": "unkept-pin",
    "left-out": "run-rows-left-out",
}
NEW_SUBJECTS = {
    "membership": "member_invitation",
    "candidate_key": "candidate_link",
    "question": "level_question",
}

# A cause begins with the type, so that the same cause never gives two notices. It follows the type.
RENAME_TYPES = """
    UPDATE core_notice AS notice
    SET kind = word.new, cause = CASE
        WHEN starts_with(cause, word.old || ':') THEN word.new || substr(cause, length(word.old) + 1) ELSE cause END
    FROM unnest(%s::text[], %s::text[]) AS word (old, new)
    WHERE notice.kind = word.old
"""
RENAME_SUBJECT = """
    UPDATE core_notice SET subjects = subjects - %s::text || jsonb_build_object(%s::text, subjects -> %s::text)
    WHERE subjects ? %s::text
"""


def list_statements(new_types, new_subjects):
    """Return the statements that rename types, and subjects of notices."""
    types = (RENAME_TYPES, [list(new_types), list(new_types.values())])
    return [types, *((RENAME_SUBJECT, [old, new, old, old]) for old, new in new_subjects.items())]


def swap(words):
    """Return the mapping of each new word to the old one."""
    return {new: old for old, new in words.items()}


class Migration(migrations.Migration):

    dependencies = [
        ('core', '0012_word_topics'),
        ('matching', '0010_join_bands_under_five'),
    ]

    operations = [
        migrations.RunSQL(
            list_statements(NEW_TYPES, NEW_SUBJECTS), list_statements(swap(NEW_TYPES), swap(NEW_SUBJECTS))
        ),
    ]
