"""Every code of a problem is explained on one page, to which the problem itself leads."""

import ast
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.test import Client
from django.urls import get_resolver
from drf_spectacular.generators import SchemaGenerator
from rest_framework.exceptions import APIException

from core.api.problem_types import PROBLEM_TYPES
from core.errors import HandraiserError
from core.model_labels import OUR_APPS


def list_subclasses(base: type[Any]) -> Iterator[Any]:
    for each in base.__subclasses__():
        yield each
        yield from list_subclasses(each)


def list_rendered_problems() -> Iterator[tuple[int, str]]:
    """The status and the code of each problem that is made outside a view."""
    for folder in (*OUR_APPS, "config", "web"):
        for path in (settings.BASE_DIR / folder).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text())):
                # A call with names in its place renders one of our errors, whose codes are looked at apart.
                if (
                    isinstance(node, ast.Call)
                    and ast.unparse(node.func).endswith("render_problem")
                    and all(isinstance(argument, ast.Constant) for argument in node.args[:2])
                ):
                    status, code = (ast.literal_eval(argument) for argument in node.args[:2])
                    yield status, code


def test_every_code_that_can_be_answered_is_in_the_table() -> None:
    assert get_resolver().url_patterns  # every view and its errors are imported
    ours = {each.code for each in [HandraiserError, *list_subclasses(HandraiserError)]}
    theirs = {(each.status_code, each.default_code) for each in [APIException, *list_subclasses(APIException)]}
    rendered = set(list_rendered_problems())

    in_table = {(problem.status, code) for code, problem in PROBLEM_TYPES.items()}
    assert ours - PROBLEM_TYPES.keys() == set()
    assert (theirs | rendered) - in_table == set()
    assert (404, "not_found") in rendered
    assert PROBLEM_TYPES.keys() - ours - {code for _status, code in theirs | rendered} == set()


def test_the_description_lists_every_code() -> None:
    document: Any = SchemaGenerator().get_schema(request=None, public=True)  # type: ignore[no-untyped-call]

    schemas = document["components"]["schemas"]
    assert schemas["Problem"]["properties"]["code"]["$ref"] == "#/components/schemas/ProblemCodeEnum"
    assert schemas["ProblemCodeEnum"]["enum"] == sorted(PROBLEM_TYPES)


@pytest.mark.django_db
def test_a_problem_leads_to_the_text_about_its_code(client: Client) -> None:
    problem = client.get("/api/v1/nothing").json()

    assert (problem["code"], problem["title"]) == ("not_found", "Not found")
    address = urlsplit(problem["type"])
    assert f"{address.scheme}://{address.netloc}" == settings.SITE_URL
    page = client.get(address.path)
    assert page.status_code == 200
    assert f'id="{address.fragment}"' in page.content.decode()
    assert page.content.decode().count("<section id=") == len(PROBLEM_TYPES)
