"""The rooms of the tour with their pages, and the pictures of the documentation; `tour.py` makes docs/tour.md of it."""

from tests.web.tour_of_campaigns import CAMPAIGN_PAGES, HACKED_PAGES, PLAN_PAGES
from tests.web.tour_of_visitors import ACCOUNT_PAGES, VISITOR_PAGES
from tests.web.tour_of_volunteers import START_PAGES, VOLUNTEER_PAGES

ROOMS = {
    "Visitors": VISITOR_PAGES,
    "Accounts": ACCOUNT_PAGES,
    "The first visit of a volunteer": START_PAGES,
    "Volunteers": VOLUNTEER_PAGES,
    "A campaign plans a project": PLAN_PAGES,
    "Campaigns": CAMPAIGN_PAGES,
    "A campaign was hacked": HACKED_PAGES,
}

TOUR_PICTURES = {
    "home-desk-light": "The first page at the width of a desk: a promise with a date, and two doors.",
    "start-fits-phone-light": "On a phone: the open places that fit a visitor today, before any address is asked.",
    "offer-phone-light": "On a phone: an offer with its clock, the work and the reason.",
    "desk-everything-phone-light": "On a phone: a volunteer’s page, with five things that wait.",
    "campaign-desk-accepted-desk-light": "A campaign’s desk: a person said yes and waits for the answer.",
    "campaign-person-accepted-desk-light": "A person who said yes, as the campaign sees them, and the answer.",
}
"""The pictures that the documentation shows, as they are without scrolling, and what they show."""
