"""`drill day`: a day of trouble in some minutes. Each fault comes once, in an order that is drawn, under load."""

from drills.day.trouble import make_trouble

__all__ = ["make_trouble"]
