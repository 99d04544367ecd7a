"""Training at the office: lessons, tests that are drawn and judged here, certificates, accepted rules, reports."""
