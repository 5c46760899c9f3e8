"""How often something may be tried."""

from datetime import timedelta

import pytest
from django.db import connection

from haoke.core.errors import Limited
from haoke.core.limits import check_limit, forget_limit

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


def test_the_try_after_the_last_is_refused_with_the_time_to_wait() -> None:
    for _number in range(3):
        check_limit("door", most=3, per=MINUTE)

    with pytest.raises(Limited) as refusal:
        check_limit("door", most=3, per=MINUTE)

    assert 1 <= refusal.value.retry_after <= 60


def test_each_key_is_counted_apart() -> None:
    check_limit("front door", most=1, per=MINUTE)
    check_limit("back door", most=1, per=MINUTE)

    with pytest.raises(Limited):
        check_limit("front door", most=1, per=MINUTE)


def test_a_new_window_starts_after_the_old_one() -> None:
    check_limit("door", most=1, per=MINUTE)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE core_ratewindow SET opened_at = opened_at - interval '61 seconds'")

    check_limit("door", most=1, per=MINUTE)

    with pytest.raises(Limited):
        check_limit("door", most=1, per=MINUTE)


def test_a_forgotten_count_starts_afresh() -> None:
    check_limit("door", most=1, per=MINUTE)
    forget_limit("door")

    check_limit("door", most=1, per=MINUTE)
