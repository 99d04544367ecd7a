"""Incidents in the office: reported by anybody, worked by privacy officers (docs/adr/0057)."""
