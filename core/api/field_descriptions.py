"""Descriptions of fields and parameters in the API's document, by name.

A field has its own `help_text` where it means something special. All others are described here by their names, so that
one name means one thing and is described once. A key is a name, or a component and a name (`Member.since`) where the
name, or the `help_text` of a model, says too little. An app describes its own in a module `api.field_descriptions`.
"""

from functools import cache
from typing import Any

from core.api.app_modules import list_app_modules

_LAST_USED_ON = "The day of its last use, null before. Only the day: a time would show when the user is awake."

FIELD_DESCRIPTIONS = {
    "account": "The account, by id.",
    "available_actions": "What the caller may do about it now; each is the end of the operation's address.",
    "bounced_at": "When a letter came back from it, or was reported as spam.",
    "code": "The stable code by which the API names it.",
    "created_at": "When it was made.",
    "description": "A sentence about it, for people.",
    "ends": "When it ends, on a wall clock, from `00:00` to `23:59`. Before the start: on the next day, so midnight is "
    "`00:00`. The start itself is refused: a whole day takes two windows. There is no `24:00`.",
    "ends_on": "The last day, included.",
    "expires_at": "Until when it is valid.",
    "explanation": "The same in a sentence.",
    "first_name": "The first name; empty while the caller may not know it.",
    "id": "Its id, by which other operations name it.",
    "language": "The language of mail, as a code of `interface_languages`. Answers are in that of `Accept-Language`.",
    "languages": "Codes of languages.",
    "meetings": "When the people meet each week, on the wall clock of the request's `time_zone`.",
    "name": "Its name, for people.",
    "note": "A few words for the other side.",
    "parent": "The code of the one around it; null at the top.",
    "reason": "Why.",
    "scope": "What the token may do.",
    "starts": "When it starts, on a wall clock.",
    "starts_on": "The first day.",
    "state": "How far it is.",
    "summary": "A few sentences about it.",
    "text": "What was written.",
    "time_zone": "A time zone of the vocabulary, such as America/New_York.",
    "title": "A short heading.",
    "token": "The secret text at the end of the link.",
    "topic": "What it is about; mail can be muted by topic.",
    "version": "Rises with each edit. Send it back with a change, so that a stale one is refused.",
    "approved_at": "When a second reviewer approved it; null before.",
    "ended_at": "When it ended; null while it is open.",
    "requested_at": "When it was asked for.",
    "FactorRecovery.due_at": "When the factor is removed; null before the approval.",
    "FactorRecoveryInput.email": "The address of the account.",
    "Me.first_name": "My first name, as the volunteers and colleagues of my campaign read it; empty without one.",
    "MeInput.first_name": "My first name, as the volunteers and colleagues of my campaign read it; empty for none.",
    "Me.email": "The address with which the caller signs in.",
    "MutedTopics.muted": "The topics of which the caller gets no mail.",
    "NewPersonalToken.last_used_on": _LAST_USED_ON,
    "PersonalToken.last_used_on": _LAST_USED_ON,
    "Notice.read_at": "When the recipient read it in the inbox; null while it is unread.",
    "NewPersonalToken.token": "The secret, to be sent as `Authorization: Bearer`. It is shown only once.",
    "Me.is_reviewer": "Whether the caller is an active reviewer.",
    "Notice.kind": "What has happened.",
    "Notice.subject": "The subject line; one that says so for a notice that is obsolete or cannot be rendered.",
    "Notice.subjects": "The ids of what it is about, by name. Its component says which kind has which.",
    "Notice.text": "The text; empty for a notice that is obsolete or cannot be rendered.",
    "MarkRead.read_count": "How many were unread before.",
    "PersonalData.sections": "The rows of each section, by its name.",
    "ErasurePreview.erased": "What is deleted.",
    "ErasurePreview.retained": "What stays, and why.",
    "Vocabulary.enums": "The values of each enumeration, with their labels.",
    "Problem.type": "The address of a page about this kind of error, or about:blank.",
    "Problem.title": "The meaning of the status.",
    "Problem.status": "The status of the answer.",
    "Problem.code": "What went wrong, as a stable code.",
    "Problem.detail": "What is wrong and what to do, in the reader's language.",
}

PARAMETER_DESCRIPTIONS = {
    "id": "The id of the object.",
    "created_from": "Made at this time or later.",
    "created_until": "Made at this time or before.",
    "is_unread": "Whether it is unread.",
    "level": "The level of government.",
    "state": "How far it is.",
    "topic": "What it is about.",
}


def describe_fields(result: Any, **_about: Any) -> Any:
    """Describe every field and every parameter that has no description of its own."""
    for component, shape in result["components"]["schemas"].items():
        for name, field in shape.get("properties", {}).items():
            description = find_field_description(component, name, field.get("description"))
            if description:
                field["description"] = description
    for operations in result["paths"].values():
        for operation in operations.values():
            for parameter in operation.get("parameters", ()):
                _describe_parameter(parameter)
    return result


def _describe_parameter(parameter: dict[str, Any]) -> None:
    """Describe a parameter that is not described, or only by the list of its choices."""
    choices = parameter.get("description", "")
    description = list_descriptions("parameter").get(parameter["name"])
    if description and (not choices or choices.startswith("* ")):
        parameter["description"] = f"{description}\n\n{choices}".strip()


def find_field_description(component: str, name: str, help_text: str | None = None) -> str | None:
    """Return the description of a field: that of its component, its help text, or that of its name, else None."""
    descriptions = list_descriptions("field")
    # What is sent has a component of its own, with a name that says so.
    serializer = component.removeprefix("Patched").removesuffix("Request")
    own = descriptions.get(f"{component}.{name}") or descriptions.get(f"{serializer}.{name}")
    if name.endswith("_id"):
        descriptions = {name: f"The {name.removesuffix('_id').replace('_', ' ')}, by id."} | descriptions
    return own or help_text or descriptions.get(name)


@cache
def list_descriptions(noun: str) -> dict[str, str]:
    """Return the descriptions of all apps by key: those of fields, or those of parameters.

    Raises ValueError when two apps describe one key.
    """
    descriptions: dict[str, str] = {}
    for module in list_app_modules("field_descriptions"):
        for key, description in getattr(module, f"{noun.upper()}_DESCRIPTIONS").items():
            if key in descriptions:
                raise ValueError(f"The {noun} {key!r} is described twice: keep one of the two.")
            descriptions[key] = description
    return descriptions
