"""Join contests that are one in another spelling, and let the database refuse a second one from now on.

Candidates move to the contest that stays. Nothing is given up: where two rows say different things, or one candidate has
two campaigns, a person decides, and the migration stops with what to do.
"""

from collections import defaultdict
from typing import Any

from django.core.management.base import CommandError
from django.db import migrations, models
from django.db.models import F

from campaigns.models.contest_fold import FoldedContest
from core.text_folding import fold_text


def join_spellings(apps: Any, schema_editor: Any) -> None:
    """Join each group of contests that are one. Raises CommandError with all that a person has to decide."""
    groups = defaultdict(list)
    folded = FoldedContest(F("office"), F("district"))
    for contest in apps.get_model("campaigns", "Contest").objects.annotate(folded=folded).order_by("pk"):
        groups[contest.jurisdiction_id, contest.cycle, contest.special, contest.folded].append(contest)
    problems: list[str] = []
    for contests in groups.values():
        kept, *others = sorted(contests, key=lambda contest: not _is_listed(apps, contest))
        for other in others:
            problems += _join(apps, kept, other)
    if problems:
        raise CommandError("\n".join(problems))


def _is_listed(apps: Any, contest: Any) -> bool:
    campaigns = apps.get_model("campaigns", "Campaign").objects.filter(candidate__contest_id=contest.pk)
    return bool(campaigns.exclude(source="").exists())


def _join(apps: Any, kept: Any, other: Any) -> list[str]:
    """Move the candidates of a contest to the one that stays, and delete it; return what a person has to decide."""
    names = f"Contest {kept.pk} ({kept.office} {kept.district}) and contest {other.pk} ({other.office} {other.district})"
    facts = [(contest.level, contest.election_on) for contest in (kept, other)]
    primaries = {contest.primary_on for contest in (kept, other)} - {None}
    if facts[0] != facts[1] or len(primaries) > 1:
        return [f"{names} are one, but differ in level or days. Make these equal, and migrate again."]
    if primaries and kept.primary_on is None:
        kept.primary_on = primaries.pop()
        kept.save(update_fields=["primary_on"])
    problems = [problem for candidate in _list_candidates(apps, other) for problem in _move(apps, candidate, kept)]
    if problems:
        return [f"{names} are one. {problem}" for problem in problems]
    other.delete()
    return []


def _list_candidates(apps: Any, contest: Any) -> list[Any]:
    return list(apps.get_model("campaigns", "Candidate").objects.filter(contest_id=contest.pk).order_by("pk"))


def _move(apps: Any, candidate: Any, contest: Any) -> list[str]:
    """Move a candidate to the contest, or what they have to their other row there."""
    candidates = _list_candidates(apps, contest)
    same = next((row for row in candidates if fold_text(row.name) == fold_text(candidate.name)), None)
    if same is None:
        candidate.contest_id = contest.pk
        candidate.save(update_fields=["contest"])
        return []
    campaigns = apps.get_model("campaigns", "Campaign").objects
    own = campaigns.filter(candidate_id=candidate.pk)
    if own.exists() and campaigns.filter(candidate_id=same.pk).exists():
        return [f"{candidate.name} has a campaign in each. Remove the one that is not theirs, and migrate again."]
    if candidate.party_id and same.party_id and candidate.party_id != same.party_id:
        return [f"{candidate.name} has another party in each. Make these equal, and migrate again."]
    if same.party_id is None and candidate.party_id:
        same.party_id = candidate.party_id
        same.save(update_fields=["party"])
    own.update(candidate_id=same.pk)
    candidate.delete()
    return []


class Migration(migrations.Migration):

    dependencies = [
        ("campaigns", "0013_count_playbook_supply"),
        ("core", "0014_know_time_zones"),
    ]

    operations = [
        # It locks the table, so that no second spelling comes before the new index is there.
        migrations.RemoveConstraint(model_name="contest", name="campaigns_contest_once"),
        migrations.RunPython(join_spellings, migrations.RunPython.noop, elidable=True),
        # An index is not made while checks of foreign keys are still to come.
        migrations.RunSQL("SET CONSTRAINTS ALL IMMEDIATE", migrations.RunSQL.noop, elidable=True),
        migrations.AddConstraint(
            model_name="contest",
            constraint=models.UniqueConstraint(
                models.F("jurisdiction"),
                models.F("cycle"),
                models.F("special"),
                FoldedContest("office", "district"),
                name="campaigns_contest_once_folded",
            ),
        ),
    ]
