"""What an example of an answer says because of its operation: how a thing is after it was changed.

An example is else made field by field, so that every answer about a thing would say the same of it. Each app lists its
own in a module `api.answer_examples`, by the id of the operation: fields and values, or the whole answer.
"""

from dataclasses import dataclass
from functools import cache
from typing import Any

from core.api.app_modules import list_app_modules

AT = "2026-03-02T12:00:00Z"
"""The moment at which things happen in examples."""


@dataclass(frozen=True, slots=True)
class WholeAnswer:
    """An example that takes the place of the one that is made."""

    value: dict[str, Any]


AnswerExample = dict[str, Any] | WholeAnswer

ANSWER_EXAMPLES: dict[str, AnswerExample] = {
    "approveFactorRecovery": {
        "state": "approved",
        "approved_at": AT,
        "due_at": "2026-03-03T12:00:00Z",
        "available_actions": ["stop"],
    },
    "stopFactorRecovery": {"state": "stopped", "ended_at": AT, "available_actions": []},
}


@cache
def list_answer_examples() -> dict[str, AnswerExample]:
    """Return the examples of all apps by operation. Raises ValueError for an operation that is listed twice."""
    examples: dict[str, AnswerExample] = {}
    for module in list_app_modules("answer_examples"):
        for operation_id, example in module.ANSWER_EXAMPLES.items():
            if operation_id in examples:
                raise ValueError(f"The example of {operation_id} is given twice: keep one of the two.")
            examples[operation_id] = example
    return examples


def finish_example(operation_id: str, made: Any, sent: Any) -> Any:
    """Return the example of an answer, made of its fields, as it is after the operation was sent `sent`."""
    example = list_answer_examples().get(operation_id, {})
    if isinstance(example, WholeAnswer):
        return example.value
    if not isinstance(made, dict):
        return made
    # A change raises the version that was sent.
    risen = (
        {"version": sent["version"] + 1} if isinstance(sent, dict) and {"version"} <= sent.keys() & made.keys() else {}
    )
    return made | risen | example
