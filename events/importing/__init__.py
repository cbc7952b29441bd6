"""Groups from other systems: Linked Events lists and iCalendar files.

Two readers give the same neutral records; one writer makes pages of them.
"""
