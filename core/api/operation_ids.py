"""The ids of the API's operations: a verb and what it is done to, as in `acceptOffer` and `listMyMatches`."""

import re

RESOURCE_PLACEHOLDER = "{Match}"
"""In the ids of operations that several view sets share: stands for the resource of the view set, as in `MyMatch`."""


def build_list_id(path: str, prefix: str) -> str:
    """Return the id of the list at an address: `listMyMatches` for `/api/v1/me/matches`."""
    return "list" + to_pascal_case(path.removeprefix(prefix).replace("{id}", ""))


def build_detail_id(basename: str) -> str:
    """Return the id of reading one object of a view set: `getMyMatch` for `my-match`."""
    return "get" + to_pascal_case(basename)


def to_pascal_case(name: str) -> str:
    """Return the words of an address or a route name joined, each with a capital: `MyMatch`; `me` is read as `my`."""
    words = [word for word in re.split(r"[/_-]", name) if word]
    return "".join("My" if word == "me" else word.capitalize() for word in words)


def split_operation_id(operation_id: str) -> str:
    """Return an id as a phrase: `Record phone acceptance`."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", operation_id).capitalize()
