"""Keys of places in long lists: exact, and harmless where nobody handed them out."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from haoke.core.paging import Place, cut, place_of

NOON = Place(datetime(2026, 3, 2, 12, 0, 0, 1, tzinfo=UTC), 7)


@given(st.datetimes(timezones=st.just(UTC)), st.integers(min_value=1, max_value=2**63 - 1))
def test_a_key_names_its_place_to_the_microsecond(at, row_id) -> None:
    assert place_of(Place(at, row_id).key) == (at, row_id)


@pytest.mark.parametrize("key", ["", "x", "_", "1_", "1_x", "nan_1", "1e300_1", "1_0", "1_-1", f"1_{2**63}", "9" * 50])
def test_a_key_nobody_handed_out_is_no_place(key) -> None:
    assert place_of(key) is None


def test_a_page_ends_where_the_next_begins() -> None:
    rows = [NOON, NOON._replace(id=6), NOON._replace(id=5)]

    assert cut(rows, 2, lambda row: row) == (rows[:2], rows[1])
    assert cut(rows[:2], 2, lambda row: row) == (rows[:2], None)
    assert cut([], 2, lambda row: row) == ([], None)
