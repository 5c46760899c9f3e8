"""How far a share seen in a few answers may be from the true one (METHODS B7; Wilson 1927)."""

from __future__ import annotations

from math import sqrt
from statistics import NormalDist

# From 12 answers on a 95 % interval is never wider than half the scale. Below, even the middle of the scale would read
# "somewhere between a quarter and three quarters", and a percentage would only look like knowledge.
FEWEST = 12


def wilson_interval(successes: int, n: int, confidence: float = 0.95) -> tuple[float, float]:
    """The Wilson score interval of a share, both bounds between 0 and 1; nothing known at all is (0, 1).

    centre = (p + z²/2n) / (1 + z²/n), half = z·√(p(1−p)/n + z²/4n²) / (1 + z²/n).
    80 of 100 gives 71.1–86.7 %, 9 of 10 gives 59.6–98.2 %. Raises ValueError for counts that cannot be.
    """
    if not 0 <= successes <= n or not 0 < confidence < 1:
        raise ValueError(f"{successes} of {n} at {confidence} is no share.")
    if n == 0:
        return 0.0, 1.0
    z = NormalDist().inv_cdf((1 + confidence) / 2)
    share, square = successes / n, z * z
    scale = 1 + square / n
    centre = (share + square / (2 * n)) / scale
    half = z * sqrt(share * (1 - share) / n + square / (4 * n * n)) / scale
    # Rounding must not push a bound beyond what is possible, nor past the share it surrounds.
    return max(0.0, min(centre - half, share)), min(1.0, max(centre + half, share))
