"""`./run solve --out` writes a new file, or an empty one, and no other."""

from pathlib import Path

import numpy as np
import pytest

from matching.solve_command import main


@pytest.fixture
def instance(tmp_path: Path) -> Path:
    path = tmp_path / "instance.npz"
    arrays = {"edge_volunteer": [0], "edge_role": [0], "edge_value": [5], "edge_hours": [1]}
    arrays |= {"volunteer_hours": [4], "volunteer_projects": [1], "role_seats": [1], "role_request": [-1]}
    with path.open("wb") as file:
        np.savez(file, **{name: np.array(values) for name, values in arrays.items()})  # type: ignore[arg-type]
    return path


@pytest.mark.parametrize("name", ["instance.npz", "instance", "other.npz", "link.npz"])
def test_a_file_that_holds_something_stays(
    instance: Path, tmp_path: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "other.npz").write_bytes(b"precious")
    (tmp_path / "link.npz").symlink_to(tmp_path / "other.npz")
    before = instance.read_bytes()

    code = main([str(instance), "--out", str(tmp_path / name)])

    path = tmp_path / (name if name.endswith(".npz") else f"{name}.npz")
    said = f"{path} is there already, and is not written over. Name a new file with --out.\n"
    assert (code, capsys.readouterr().err) == (2, said)
    assert (instance.read_bytes(), (tmp_path / "other.npz").read_bytes()) == (before, b"precious")


@pytest.mark.parametrize("name", ["new.npz", "new", "empty.npz"])
def test_the_answer_goes_to_a_new_or_empty_file(instance: Path, tmp_path: Path, name: str) -> None:
    (tmp_path / "empty.npz").touch()

    assert main([str(instance), "--out", str(tmp_path / name)]) == 0

    with np.load(tmp_path / (name if name.endswith(".npz") else f"{name}.npz")) as answer:
        assert answer["edge"].tolist() == [0]
