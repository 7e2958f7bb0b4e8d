"""Import volunteers, campaigns and requests from any spreadsheet, as a mapping in TOML describes it.

`csv_reader` streams the file and `mapping` reads the organisation's description of it. `row_reader` applies the mapping
to each row. `file_import` hands the rows in batches to the action that an app registered with `importers`.
"""
