"""Notices lead to the page on which their thing is done."""

from uuid import UUID

import pytest
from django.urls import NoReverseMatch, reverse

from core.notifications.notice_types import NoticePage, RenderedNotice
from matching.lifecycle.match_notice_texts import MATCH_NOTICE_TEXTS

PUBLIC_ID = UUID(int=7)


def test_a_page_is_named_by_its_url_and_its_verb() -> None:
    notice = NoticePage("join", "Join").link("Subject", "Text", "token")

    assert notice == RenderedNotice("Subject", "Text", "/join/token/", "Join")


def test_a_page_that_does_not_exist_is_a_defect() -> None:
    with pytest.raises(NoReverseMatch):
        NoticePage("no-such-page", "Open").link("Subject", "Text")


def test_every_page_that_a_match_notice_names_exists() -> None:
    pages = [page for text in MATCH_NOTICE_TEXTS for page in (text.volunteer_page, text.campaign_page) if page]

    for page in pages:
        assert reverse(page.url_name, args=[PUBLIC_ID])
        assert str(page.button)
