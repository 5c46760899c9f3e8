"""Pure decisions about surveys and what their answers say."""

from haoke.core.cells import plain_cell
from haoke.core.shares import FEWEST, wilson_interval
from haoke.quality.rules.satisfaction import SATISFIED, Satisfaction, satisfaction_of, together
from haoke.quality.rules.surveying import (
    LONGEST_COMMENT,
    check_answerable,
    check_score,
    is_low_score,
    is_over,
    may_survey,
)

__all__ = [
    "FEWEST",
    "LONGEST_COMMENT",
    "SATISFIED",
    "Satisfaction",
    "check_answerable",
    "check_score",
    "is_low_score",
    "is_over",
    "may_survey",
    "plain_cell",
    "satisfaction_of",
    "together",
    "wilson_interval",
]
