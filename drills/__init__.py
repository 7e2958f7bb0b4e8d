"""Drills: trouble as production has it, made on purpose beside a running Handraiser, and what must hold meanwhile."""
