"""What can be measured: one module a part, found by its name.

A part has `measure(bench)`, which returns figures fit for JSON, and `describe(figures)`, which returns them as lines to
read. It is imported when the databases are there and Django is set up, so it may import models at its top.
"""
