"""Dates and times as they are written in Finland, whatever the language."""
