"""Pure decisions about surveys and what their answers say."""

from haoke.quality.rules.cells import plain_cell
from haoke.quality.rules.satisfaction import FEWEST, SATISFIED, Satisfaction, satisfaction_of, together
from haoke.quality.rules.surveying import (
    LONGEST_COMMENT,
    check_answerable,
    check_score,
    is_low_score,
    is_over,
    may_survey,
)
from haoke.quality.rules.wilson import wilson_interval

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
