"""The admin pages of volunteers: profiles, what belongs to them, and vetting marks."""

from volunteers.admin import profile_parts, vetting, volunteers

__all__ = ["profile_parts", "vetting", "volunteers"]
