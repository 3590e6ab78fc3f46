"""Tries everything that working a screen needs, on this machine, and says how to mend what does not work."""

from agent.doctor.examination import doctor
from agent.doctor.trial import Finding

__all__ = ["Finding", "doctor"]
