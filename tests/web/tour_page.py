"""A page of the tour: what it is for, how its reader comes there, and its states, in words."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class TourPage:
    """A page by the name of its URL. `states` holds the name of each picture and what it shows."""

    url_name: str
    title: str
    purpose: str
    way: str
    states: dict[str, str] = field(default_factory=dict)
    letters: tuple[str, ...] = ()
