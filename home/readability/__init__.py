"""Readability while writing: a measure that anybody can repeat, and advice.

Pure but for `rows` and what draws it: the same text gives the same answer in the
editor, in the report and in the command. It advises and never blocks. The rules in
words, and where they fail, are in `site/docs/readability.md`.
"""
