"""The numbers of the score's parts, as columns of a `Problem`."""

from collections.abc import Mapping

from matching.engine.problem import Int, stack_numbers
from matching.rules.score_parts import Scope, list_parts


def stack_part_numbers(scope: Scope, rows: int, columns: Mapping[str, Int]) -> Int:
    """Return the numbers of all parts of this scope: `rows` rows, and a column for each part, in their order.

    Raises ValueError unless there is a column for every part of the scope, and none besides.
    """
    missing = sorted({part.name for part in list_parts(scope)} - columns.keys())
    if missing:
        raise ValueError(f"The snapshot has no numbers for the part {missing[0]}.")
    return stack_numbers(scope, rows, columns)
