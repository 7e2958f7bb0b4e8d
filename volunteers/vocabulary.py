"""The volunteers' part of the vocabulary."""

from core.reference.vocabulary import register_vocabulary_enums
from volunteers.models import Volunteer

register_vocabulary_enums(volunteer_state=Volunteer.State.choices)
