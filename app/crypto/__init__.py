"""The one home of cryptographic calls: labels, suite bytes, HPKE, AEAD, derivation.

Specification: docs/architecture.md, "Keys".
"""
