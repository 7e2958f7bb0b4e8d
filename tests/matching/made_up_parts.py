"""Use the made-up parts of `test_one_more_score_part` wherever parts are read. It runs in a copy of the code."""

import sys
from typing import Any

import django
import numpy as np

django.setup()

from django.contrib import admin  # noqa: E402
from django.utils.translation import override  # noqa: E402

admin.autodiscover()

from drf_spectacular.drainage import get_override  # noqa: E402

from campaigns.models import Role, Seat  # noqa: E402
from core.api.openapi_components import add_named_shapes  # noqa: E402
from core.models import Skill  # noqa: E402
from matching.admin.policies import PolicyAdmin  # noqa: E402
from matching.api.match_fields import ScorePartsField  # noqa: E402
from matching.api.policies import PolicyInput, PolicySerializer  # noqa: E402
from matching.engine.digest import digest, pack, unpack  # noqa: E402
from matching.engine.explain import why  # noqa: E402
from matching.engine.problem import Problem, list_weights  # noqa: E402
from matching.engine.run import match  # noqa: E402
from matching.engine.verify import verify  # noqa: E402
from matching.lifecycle.explanations import SCORE_PART_LABELS, explain_match  # noqa: E402
from matching.lifecycle.volunteer_explanations import list_offer_reasons  # noqa: E402
from matching.models import Match, Policy  # noqa: E402
from matching.rules.score_parts import PART_NAMES, PARTS, ScorePart  # noqa: E402
from matching.snapshot.assembly import read_weights  # noqa: E402
from tests.matching.engine.instances import tiny  # noqa: E402


def check_policy(part: ScorePart) -> None:
    assert Policy().weights[part.name] == part.default_weight
    assert read_weights(Policy())[PART_NAMES.index(part.name)] == part.default_weight
    assert part.weight_field in PolicyAdmin.fields
    assert part.weight_field in PolicySerializer.Meta.fields
    assert part.weight_field in PolicyInput.Meta.fields
    help_texts = {field.name: str(field.help_text) for field in Policy._meta.fields}
    assert help_texts[part.weight_field] == part.weight_help


def check_words(part: ScorePart) -> None:
    role = Role(skill=Skill(name="Front end"), level=3, hours_per_week=4)
    earned = Match(seat=Seat(role=role), score_parts={part.name: 10})
    assert str(SCORE_PART_LABELS[part.name]) == part.label
    shapes: Any = {"components": {"schemas": {}}}
    name = get_override(ScorePartsField, "field")["$ref"].rpartition("/")[2]
    assert part.name in add_named_shapes(shapes)["components"]["schemas"][name]["properties"]
    assert explain_match(earned).endswith(f"; {part.reason}.")
    assert list_offer_reasons(earned)[2:] == [part.sentence]


def check_engine(names: list[str]) -> None:
    earned = dict.fromkeys(names, 0)
    for seed in range(20):
        problem = with_numbers(tiny(seed), seed)
        solution, _ = match(problem, clock=lambda: 0.0)
        assert verify(problem, solution) == [], seed
        assert digest(unpack(pack(problem))) == digest(problem)
        for row, (volunteer, role) in enumerate(zip(solution.volunteer.tolist(), solution.role.tolist(), strict=True)):
            points = dict(zip(PART_NAMES, solution.parts[row].tolist(), strict=True))
            assert why(problem, volunteer, role).parts == points
            for name in names:
                earned[name] += points[name]
    assert min(earned.values()) > 0, earned


def with_numbers(problem: Problem, seed: int) -> Problem:
    """The same with numbers for all parts, and weights for them."""
    rng = np.random.default_rng(seed)
    tables = ("request_numbers", "volunteer_numbers", "claim_numbers")
    drawn = {name: rng.integers(0, 9, getattr(problem, name).shape) for name in tables}
    weights = list_weights(**dict.fromkeys(PART_NAMES, 7))
    return Problem(**(vars(problem) | drawn | {"weights": weights}))


if __name__ == "__main__":
    made_up = [part for part in PARTS if part.name in sys.argv[1:]]
    with override("en"):
        for made in made_up:
            check_policy(made)
            check_words(made)
    check_engine([made.name for made in made_up])
    print(len(made_up))
