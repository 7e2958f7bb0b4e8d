import pytest
from django.core.management import CommandError, call_command

from matching.models import Run


@pytest.mark.django_db
def test_without_the_demo_it_says_how_to_get_it_and_asks_for_no_run() -> None:
    with pytest.raises(CommandError, match="Fill it first with"):
        call_command("demo_report")
    assert not Run.objects.exists()
