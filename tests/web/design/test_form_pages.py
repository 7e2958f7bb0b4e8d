"""What every page with a form does: errors at their fields, one submission, and nothing typed is lost."""

import re
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth import SESSION_KEY
from django.test import Client

from core.models import FormKey, UnknownSkillWord, User
from tests.cast import create_user

WORD, SHARED, STOP = "/sample/word/", "/sample/shared/", "/sample/stop/"
OURS = {"Origin": "http://testserver"}


def open_form(client: Client, address: str) -> dict[str, str]:
    """Return the hidden fields of the page's form."""
    page = client.get(address).content.decode()
    hidden = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page)
    assert {"csrfmiddlewaretoken", "form_key"} <= {name for name, _value in hidden}
    return dict(hidden)


def find_word_count() -> int:
    return UnknownSkillWord.objects.count()


def test_errors_of_a_form_stand_on_top_and_at_their_field(browser: Client) -> None:
    answer = browser.post(WORD, open_form(browser, WORD) | {"word": "", "extra": "kept"})

    page = answer.content.decode()
    assert answer.status_code == 400
    assert "<title>Error: Add a word - Handraiser</title>" in page
    assert re.search(r'id="errors" role="alert" tabindex="-1" autofocus', page)
    assert '<a href="#id_word">Word: This is empty. Fill it in.</a>' in page
    assert re.search(r'id="id_word_error"><p>Error: This is empty. Fill it in.</p>', page)
    assert re.search(r'<input[^>]*name="word"[^>]*aria-invalid="true"[^>]*aria-describedby="id_word_error"', page)
    assert 'value="kept"' in page


def test_errors_of_an_action_stand_at_the_fields_of_their_paths(browser: Client) -> None:
    answer = browser.post(WORD, open_form(browser, WORD) | {"word": "both"})

    page = answer.content.decode()
    assert answer.status_code == 400
    assert '<a href="#id_word">Word: Choose another word.</a>' in page
    assert '<a href="#id_extra">Extra: Leave it out.</a>' in page
    assert "2 things need another look" in page


def test_another_refusal_is_a_sentence_on_top_and_keeps_what_was_typed(browser: Client) -> None:
    answers = {word: browser.post(WORD, open_form(browser, WORD) | {"word": word}) for word in ("state", "often")}

    assert [answer.status_code for answer in answers.values()] == [400, 429]
    assert "<li>It is over.</li>" in answers["state"].content.decode()
    assert 'value="state"' in answers["state"].content.decode()


def test_a_form_that_is_sent_twice_is_done_once_and_leads_to_the_same_page(browser: Client) -> None:
    sent = open_form(browser, WORD) | {"word": "once"}

    first, second = browser.post(WORD, sent), browser.post(WORD, sent)

    assert (first.status_code, first["Location"]) == (second.status_code, second["Location"]) == (302, "/")
    assert find_word_count() == 1


def test_the_form_of_the_back_button_may_be_sent_with_another_text(browser: Client) -> None:
    sent = open_form(browser, WORD)

    browser.post(WORD, sent | {"word": "first"})
    browser.post(WORD, sent | {"word": "second"})

    assert find_word_count() == 2


def test_a_refusal_uses_no_key_up_and_what_the_action_stored_stays(browser: Client) -> None:
    sent = open_form(browser, WORD) | {"word": "state"}

    answers = [browser.post(WORD, sent).status_code for _time in range(2)]

    assert answers == [400, 400]
    assert find_word_count() == 2  # as a wrong answer that is counted
    assert FormKey.objects.count() == 0


def test_the_key_of_one_account_tells_another_nothing(browser: Client) -> None:
    sent = open_form(browser, WORD) | {"word": "once"}
    browser.post(WORD, sent)
    other = Client()
    other.force_login(create_user("erin"))

    other.post(WORD, sent)

    assert find_word_count() == 2


def sign_in(client: Client, user: User, address: str) -> Any:
    return client.post(address, {"login": user.email, "password": "correct horse battery"})


def test_what_was_typed_is_there_after_signing_in_again(browser: Client, dave: User) -> None:
    EmailAddress.objects.create(user=dave, email=dave.email, verified=True, primary=True)
    sent = open_form(browser, WORD) | {"word": "typed for long", "password": "secret"}
    del browser.cookies["sessionid"]

    away = browser.post(WORD, sent, headers=OURS)

    assert away.status_code == 302
    page = browser.get(away["Location"]).content.decode()
    assert "You were signed out while you wrote. Sign in, and it is still there." in page
    assert "secret" not in str(dict(browser.session.items()))
    assert "typed for long" not in away["Location"]
    browser.handler.enforce_csrf_checks = False
    back = sign_in(browser, dave, away["Location"])
    shown = browser.get(back["Location"]).content.decode()
    assert 'value="typed for long"' in shown
    assert "Error:" not in shown
    assert find_word_count() == 0

    again = browser.post(back["Location"], open_form(browser, back["Location"]) | {"word": "typed for long"})
    assert again.status_code == 302
    assert find_word_count() == 1
    assert 'value="typed for long"' not in browser.get(back["Location"]).content.decode()


@pytest.mark.parametrize("has_token", [True, False])
def test_another_who_signs_in_in_the_same_browser_does_not_see_it(browser: Client, dave: User, has_token: bool) -> None:
    erin = create_user("erin")
    for user in (dave, erin):
        EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    sent = open_form(browser, WORD) | {"word": "typed by dave"}
    del browser.cookies["sessionid"]
    if not has_token:
        del browser.cookies["csrftoken"]
    away = browser.post(WORD, sent, headers=OURS)
    browser.handler.enforce_csrf_checks = False
    page = away["Location"]

    back = sign_in(browser, erin, page)

    assert "kept=" in back["Location"]
    assert "typed by dave" not in browser.get(back["Location"]).content.decode()


def test_a_form_of_a_tab_of_another_account_is_not_shown_to_who_is_signed_in_now(browser: Client) -> None:
    sent = open_form(browser, WORD) | {"word": "typed by dave"}
    browser.force_login(create_user("erin"))
    browser.get(WORD)

    away = browser.post(WORD, sent | {"csrfmiddlewaretoken": "x" * 64}, headers=OURS)

    assert "typed by dave" not in browser.get(away["Location"]).content.decode()


def test_a_form_of_a_closed_page_that_says_nobodys_name_is_not_kept(browser: Client) -> None:
    sent = {"word": "typed", "csrfmiddlewaretoken": open_form(browser, WORD)["csrfmiddlewaretoken"]}
    del browser.cookies["sessionid"]

    away = browser.post(WORD, sent, headers=OURS)

    assert away["Location"] == "/accounts/login/?next=%2Fsample%2Fword%2F"
    assert "we could not keep it" in browser.get(away["Location"]).content.decode()


def test_neither_is_one_of_a_signed_in_sender_without_a_mark(browser: Client) -> None:
    away = browser.post(WORD, {"word": "typed", "csrfmiddlewaretoken": "x" * 64}, headers=OURS)

    assert away["Location"] == WORD
    assert "typed" not in str(dict(browser.session.items()))


def test_it_is_there_too_when_all_cookies_are_gone(browser: Client) -> None:
    sent = open_form(browser, WORD) | {"word": "typed"}
    browser.cookies.clear()

    away = browser.post(WORD, sent, headers=OURS)

    assert away.status_code == 302
    assert away["Location"].startswith("/accounts/login/?next=%2Fsample%2Fword%2F%3Fkept%3D")


def test_a_signed_in_sender_with_an_old_token_sees_the_form_again(browser: Client) -> None:
    sent = open_form(browser, WORD) | {"word": "typed", "csrfmiddlewaretoken": "x" * 64}

    away = browser.post(WORD, sent, headers=OURS)

    shown = browser.get(away["Location"]).content.decode()
    assert 'value="typed"' in shown
    assert "so nothing was sent" in shown
    assert find_word_count() == 0


def test_what_another_site_sends_is_neither_done_nor_kept(browser: Client) -> None:
    for headers in ({"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}, {}):
        answer = browser.post(WORD, {"word": "planted"}, headers=headers)

        assert answer.status_code == 403
        assert "Open the page again" in answer.content.decode()
        assert "planted" not in str(dict(browser.session.items()))


def test_what_is_too_long_is_not_kept(browser: Client) -> None:
    sent = open_form(browser, WORD) | {"word": "x" * 50_000}
    del browser.cookies["sessionid"]

    away = browser.post(WORD, sent, headers=OURS)

    assert away["Location"] == "/accounts/login/?next=%2Fsample%2Fword%2F"


def test_a_proof_that_it_is_they_leads_back_to_the_form(browser: Client) -> None:
    away = browser.post(WORD, open_form(browser, WORD) | {"word": "again"})

    assert away["Location"].startswith("/accounts/reauthenticate/?next=%2Fsample%2Fword%2F%3Fkept%3D")


def test_two_who_change_one_text_see_both(browser: Client) -> None:
    day = "2026-03-02"
    row = UnknownSkillWord.objects.create(word="first", folded="first", first_on=day, last_on=day)
    sent = open_form(browser, SHARED) | {"word": "mine"}
    UnknownSkillWord.objects.update(word="theirs", day_count=2)

    answer = browser.post(SHARED, sent)

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "This was changed while you wrote: by a colleague, or in another window." in page
    assert "<dd>theirs</dd>" in page
    assert 'value="mine"' in page
    assert browser.post(SHARED, sent | {"version": "2"}).status_code == 302
    row.refresh_from_db()
    assert row.word == "mine"


def test_a_stop_says_first_what_follows(browser: Client) -> None:
    page = browser.get(STOP).content.decode()

    assert "Everybody hears of it today." in page
    assert "This can’t be undone." in page
    assert '<button type="submit" class="button stop">Stop it</button>' in page
    assert '<a class="button second" href="/account/">No, keep it as it is</a>' in page
    assert browser.session[SESSION_KEY]
