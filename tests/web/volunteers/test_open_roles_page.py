"""The board of open places, as visitors and volunteers read it."""

from datetime import datetime

import pytest
from django.test import Client

from tests.cast import Cast
from tests.matching.open_roles.test_board import add_campaigns
from tests.web.volunteers.reading import read_main


def test_it(cast: Cast, alices: Client, now: datetime) -> None:
    add_campaigns(cast, now, "US-OR", "US-ID", "US-WA", "US-WA")
    for c in (Client(), alices):
        page = c.get("/open-roles/")
        print(page.status_code, read_main(page))
        board_id = page.context["places"][0].id
        page = c.get(f"/open-roles/{board_id}/")
        print(page.status_code, read_main(page))
        page = c.post(f"/open-roles/{board_id}/", {"begin": "1"}, follow=True)
        print(page.status_code, page.redirect_chain, read_main(page))
        print(read_main(c.get("/me/")) if c is alices else "")
        print(read_main(c.get("/open-roles/6b3ad8b5-3a59-4b8e-8f5f-7e2b1b7d9d11/")))
    assert 0
