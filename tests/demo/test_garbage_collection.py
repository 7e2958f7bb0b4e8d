import gc

from demo.garbage_collection import pausing_garbage_collection


def test_it_is_paused_within_and_goes_on_after_the_outermost_block() -> None:
    assert gc.isenabled()
    with pausing_garbage_collection():
        with pausing_garbage_collection():
            assert not gc.isenabled()
        assert not gc.isenabled()
    assert gc.isenabled()
