"""`python -m tests.web.write_tour FOLDER`: write docs/tour.md, and take its pictures from this folder."""

import shutil
import sys
from pathlib import Path

import django


def write_tour(folder: Path) -> None:
    """Write the page, and copy those of its pictures that are in the folder."""
    django.setup()
    from tests.web.tour import PICTURES, TOUR, build_tour  # noqa: PLC0415
    from tests.web.tour_pages import TOUR_PICTURES  # noqa: PLC0415

    PICTURES.mkdir(exist_ok=True)
    for name in TOUR_PICTURES:
        if (folder / f"{name}.webp").exists():
            shutil.copy(folder / f"{name}.webp", PICTURES)
    TOUR.write_text(build_tour())


if __name__ == "__main__":
    write_tour(Path(sys.argv[1]))
