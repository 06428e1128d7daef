"""Filled forms as files for other programs: XForms submissions, comma separated values, a workbook, a package with all of it.

Pure: definitions and answers in, bytes out into a stream that somebody opened. What it means is written in ``docs/EXPORT.md``.
"""
