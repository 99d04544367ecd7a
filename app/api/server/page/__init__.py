"""The customer's own web page, served by a process of its own: links, notices, forms and what became of an answer.

It has no customer data and no key of the office. Every page is HTML without a script: a word of somebody is data in it
and never markup (`html.py`), and what may be sent to it is bounded before it is read (`guard.py`).
"""
