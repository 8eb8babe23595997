"""DuckDB behind the dashboard: the only room with SQL.

`build` makes a warehouse file from dataset folders, `publish` decides which file readers see, and `warehouse`
opens that file read-only and answers named queries.
"""
