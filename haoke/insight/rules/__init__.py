"""Pure decisions about reports: which days, how sure a share is, and which channel serves differently."""

from haoke.insight.rules.consistency import Sample, is_apart, together
from haoke.insight.rules.periods import LONGEST_DAYS, days_of
from haoke.insight.rules.shares import Share

__all__ = ["LONGEST_DAYS", "Sample", "Share", "days_of", "is_apart", "together"]
