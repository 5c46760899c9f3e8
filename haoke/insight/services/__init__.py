"""What reports change: only the record that one was taken along."""

from haoke.insight.services.exporting import export_report

__all__ = ["export_report"]
