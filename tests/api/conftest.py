import pytest


@pytest.fixture
def thorough(pytestconfig: pytest.Config) -> bool:
    """Whether to ask the API in full numbers, which is too long even for the tests marked slow."""
    return bool(pytestconfig.getoption("--thorough"))
