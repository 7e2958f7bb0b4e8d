"""Signing in with a password in a browser, as a person does who does not want a code."""

from playwright.sync_api import Page

PASSWORD = "correct horse battery"


def sign_in_with_password(page: Page, email: str) -> None:
    """Type the address where the page asks for it first; the form with the password takes it over."""
    page.get_by_label("Your email address").fill(email)
    page.get_by_text("Sign in with a password").click()
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
