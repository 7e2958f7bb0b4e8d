"""A person of whom much is stored, and the log of erasures."""

import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from django.core.cache import cache
from django.test import override_settings

from core.models import IdempotencyKey
from tests.cast import Cast
from tests.core.privacy.full_records import FullRecords, create_full_records
from volunteers.models import Volunteer


@pytest.fixture
def journal_file(tmp_path: Path) -> Iterator[Path]:
    """The erasure log, in a folder of its own."""
    with override_settings(ERASURE_LOG=tmp_path / "erasures.jsonl"):
        yield tmp_path / "erasures.jsonl"


@pytest.fixture
def life(cast: Cast, now: datetime) -> FullRecords:
    cache.clear()
    life = create_full_records(cast, now)
    Volunteer.objects.filter(user=cast.alice).update(first_name="Alizee", last_name="Merriweather", contact="@alizee-x")
    Volunteer.objects.filter(pk=life.imported.pk).update(first_name="Alizee")
    words = {"method": "POST", "answer": json.dumps({"contact": "@alizee-x", "person": {"first_name": "Alizee"}})}
    IdempotencyKey.objects.create(
        user=cast.carol,
        key="other",
        request_digest="d",
        response_status=200,
        response_body=words["answer"],
        created_at=now,
    )
    return life
