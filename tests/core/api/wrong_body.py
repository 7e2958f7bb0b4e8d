"""A wrong body, and those that several operations share."""

from typing import Any, NamedTuple

from matching.rules.text_lengths import MAX_MESSAGE_LENGTH, MAX_NOTE_LENGTH, MAX_REPORT_LENGTH

UNKNOWN = "00000000-0000-4000-8000-000000000000"
LONG = "x" * (max(MAX_MESSAGE_LENGTH, MAX_REPORT_LENGTH, MAX_NOTE_LENGTH) + 1)
PAST = "2020-01-01"


class WrongBody(NamedTuple):
    """What is sent, and by path how the sentence about it begins."""

    body: dict[str, Any]
    errors: dict[str, str]


STALE = WrongBody({"version": 0}, {"version": "Ensure this value is greater than or"})
REASON_AND_NOTE = WrongBody(
    {"reason": "x", "note": LONG, "version": 0},
    {
        "reason": '"x" is not a valid choice.',
        "note": f"Ensure this field has no more than {MAX_NOTE_LENGTH}",
        "version": "Ensure this value is greater than or",
    },
)
REPORT = WrongBody(
    {"kind": "x", "text": LONG},
    {"kind": '"x" is not a valid choice.', "text": f"Ensure this field has no more than {MAX_REPORT_LENGTH}"},
)
MESSAGE = WrongBody({"text": LONG}, {"text": f"Ensure this field has no more than {MAX_MESSAGE_LENGTH}"})
TICK = WrongBody(
    {"stage": "closing", "item_code": "employer", "is_done": "x"},
    {"is_done": "This is not true or false. Send one of", "item_code": "There is no such line in this list."},
)
LINK = WrongBody({"token": LONG}, {"token": "Ensure this field has no more than 200"})
