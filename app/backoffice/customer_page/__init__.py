"""The office's side of customers' own page: making links, keeping answers, taking them in.

The process that customers reach has `store.py` alone, and of the database what `role.py` lists.
"""
