"""Policies of tests with other quotas."""

from dataclasses import replace

from app.domain.policy import Policy
from app.domain.quota import PACE_LEAST_S, Quota


def with_quotas(policy: Policy, shift: int, pace_count: int = 0, pace_s: int = PACE_LEAST_S) -> Policy:
    """The policy with this quota for every role and class; without a pace of its own, as fast as one can."""
    return replace(policy, quotas=dict.fromkeys(policy.quotas, Quota(shift, pace_count or shift, pace_s)))
