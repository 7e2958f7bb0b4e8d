"""`bench fits`: which open roles of the board fit one volunteer, beside reading these roles through the ORM."""

from __future__ import annotations
