"""“We think we’ve been hacked”: whom it helps that has no campaign here, and what it is about."""

from django.conf import settings
from django.test import Client

from tests.cast import Cast


def test_who_is_not_signed_up_reads_that_we_take_no_report_who_does_and_our_phone(client: Client) -> None:
    page = client.get("/hacked/").content.decode()

    assert 'href="#not-here">We’re not signed up' in page
    told = page.partition('id="not-here"')[2]
    for words in (
        "Call us, and we tell you what to do next",
        "people to campaigns that we know",
        settings.OPERATOR["phone"],
        "ic3.gov",
    ):
        assert words in told, words
    assert "g.co/recover" in page
    assert 'href="https://g.co' not in page


def test_a_lost_account_on_a_platform_is_one_of_the_answers(cast: Cast, carols: Client) -> None:
    form = carols.get("/hacked/", follow=True).context["page_form"]

    assert "An account on social media or Google" in {str(label) for _kind, label in form.fields["kind"].choices}
    assert (form["kind"].value(), form["since"].value()) == (["unsure"], "unknown")
