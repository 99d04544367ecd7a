"""The installed program looks whether its own files are those that were built: a signed manifest beside them.

It stands outside the layers, as `app.clean_start` does, since a start asks it before anything else is imported. It is
software (docs/threat-model.md): whoever can change the files can change this, too. See docs/adr/0074.
"""
