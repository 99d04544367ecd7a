"""The register of requests of data subjects, and what is done about them (docs/adr/0057)."""
