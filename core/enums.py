"""Enumerations that more than one app uses."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class OfficeLevel(models.TextChoices):
    """The level of government that an office belongs to."""

    FEDERAL = "federal", _("Federal")
    STATE = "state", _("State")
    LOCAL = "local", _("Local")


class CountBand(models.TextChoices):
    """A count in bands. Where volunteers are counted the bands are too wide to single one out."""

    NONE = "none", _("None")
    FEW = "1-4", _("1 to 4")
    UNDER_FIVE = "under 5", _("Under 5")
    SOME = "5-9", _("5 to 9")
    MANY = "10-24", _("10 to 24")
    PLENTY = "25+", _("25 or more")


class VettingArea(models.TextChoices):
    """The area that a vetting mark covers: work that needs more trust than a sign-up gives."""

    VOTER_FILES = "voter_files", _("Voter files")
    MONEY = "money", _("Money")
    AD_ACCOUNTS = "ad_accounts", _("Ad accounts")
    CREDENTIALS = "credentials", _("Credentials")
    INCIDENTS = "incidents", _("Security incidents")


class ReviewerRole(models.TextChoices):
    """What a member of the organisation may do. Each further role is for a reviewer."""

    REVIEWER = "reviewer", _("Reviewer")
    POLICY_EDITOR = "policy_editor", _("Policy editor")
    ADMINISTRATOR = "administrator", _("Administrator")


class OptionalAnswer(models.TextChoices):
    """The answer to an optional question."""

    YES = "yes", _("Yes")
    NO = "no", _("No")
    NOT_SAID = "unsaid", _("Not said")


class Weekday(models.IntegerChoices):
    """Days of the week, counted as `datetime.date.weekday` counts them."""

    MONDAY = 0, _("Monday")
    TUESDAY = 1, _("Tuesday")
    WEDNESDAY = 2, _("Wednesday")
    THURSDAY = 3, _("Thursday")
    FRIDAY = 4, _("Friday")
    SATURDAY = 5, _("Saturday")
    SUNDAY = 6, _("Sunday")


class SkillLevel(models.IntegerChoices):
    """How well a person knows a skill, in their own words."""

    LEARNING = 1, _("Learning it")
    HELPED = 2, _("With some help")
    ALONE = 3, _("On my own")
    EXPERIENCED = 4, _("For years")
    TEACHING = 5, _("I could teach it")


class WindowPreset(models.TextChoices):
    """The ready-made sets of windows that a profile may name instead of windows of its own."""

    EVENINGS = "evenings", _("Evenings, Monday to Friday, 18:00 to 22:00")
    WEEKENDS = "weekends", _("Weekends, 9:00 to 18:00")
    WORKDAYS = "workdays", _("Working hours, Monday to Friday, 9:00 to 17:00")


class NoticeTopic(models.TextChoices):
    """The topic of a notice; users mute mail by topic."""

    ACCOUNT = "account", _("My account")
    OFFERS = "offers", _("Offers, and answers that are needed of me")
    PROGRESS = "progress", _("What became of my projects")
    MESSAGES = "messages", _("Messages")
    MEETINGS = "meetings", _("Meetings of my projects")
    WAITING = "waiting", _("Word while I wait")
    REVIEW = "review", _("Reviewers' work")


class ViewerKind(models.TextChoices):
    """The capacity in which a user is shown a contact."""

    SELF = "self", _("The person")
    VOLUNTEER = "volunteer", _("A volunteer")
    CAMPAIGN = "campaign", _("A member of the campaign")
    CANDIDATE = "candidate", _("The candidate")
    REVIEWER = "reviewer", _("A reviewer")


class AccessPoint(models.TextChoices):
    """The part of the site where a contact was shown."""

    PLACEMENT = "placement", _("The people of a campaign")
    MATCH = "match", _("One's own projects")
    TEAM = "team", _("A team")
    MEMBERS = "members", _("The members of a campaign")
    INVITATIONS = "invitations", _("Invitations to a campaign")
    REQUEST = "request", _("A request made in an emergency")
    CANDIDATE = "candidate", _("The candidate's page")
    REVIEW = "review", _("The reviewers' pages")
    EXPORT = "export", _("One's own data")
