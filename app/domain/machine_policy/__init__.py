"""The machine policy: what the administrator of a workstation settles for everybody who uses Tirai there.

Not the office's policy (`app/domain/policy.py`), which says who may what, comes with the program and is edited by two
people who sign. This one is IT's, lies where only the machine's administrator writes, and takes away or fills in.
"""
