from pathlib import Path

from local.application import advise_on_letters
from local.paths import ServerPaths


def test_serving_another_port_says_where_the_letters_of_the_demo_lead(tmp_path: Path) -> None:
    paths = ServerPaths(tmp_path, "local")
    paths.make()
    assert advise_on_letters(paths, 8123) == ""
    paths.demo_port.write_text("8000")

    assert advise_on_letters(paths, 8000) == ""
    assert advise_on_letters(paths, 8123).startswith(
        "The letters of the demo lead to http://localhost:8000. Serve with"
    )
