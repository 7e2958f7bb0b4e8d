"""The vocabulary is in the reader's language: each label that is no data goes through gettext."""

import pytest
from django.test import Client

from core.time_zones import COMMON_TIME_ZONES
from tests.pseudo_locale.translation import CLOSING, OPENING

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("pseudo_locale")]


def is_translated(text: str) -> bool:
    return text.startswith(OPENING) and text.endswith(CLOSING)


def test_every_label_of_an_enum_and_every_language_is_translated() -> None:
    vocabulary = Client().get("/api/v1/vocabulary").json()

    labels = [f"{name}: {each['label']}" for name, entries in vocabulary["enums"].items() for each in entries]
    names = [f": {row['name']}" for part in ("languages", "interface_languages") for row in vocabulary[part]]
    names += [f": {row['name']}" for row in vocabulary["time_zones"] if row["code"] in COMMON_TIME_ZONES]
    assert [text for text in [*labels, *names] if not is_translated(text.partition(": ")[2])] == []
    assert (len(labels) > 120, len(names) > 150) == (True, True)
