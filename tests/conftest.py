"""What all tests share: no test is timed, and hypothesis draws the same examples on every run of CI."""

from __future__ import annotations

from hypothesis import HealthCheck, settings

settings.register_profile("mingjian", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("mingjian")
