"""Rows of any spreadsheet become volunteers, campaigns and requests: a mapping says how.

`reader` streams the file, `mapping` reads what the organisation wrote about it, `rows` applies the one to the other,
and `load` hands the rows on, in batches, to the action that an app registered with `registry`.
"""
