"""What a person may ask the desk to do: one class a command, one file a subject.

A command holds what the caller says and nothing that the desk finds out itself. Where a
field is called ``case_id``, the case's call sign will do as well. An id that is left empty
is made by the desk and comes back in the outcome.
"""
