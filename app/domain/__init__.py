"""The words of the office: inventory, class, mask, role, policy, errors. Standard library only; no I/O, no clock."""
