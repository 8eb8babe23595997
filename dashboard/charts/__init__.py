"""Charts: pure functions from a prepared DataFrame to a Plotly figure, one chart per file.

No chart carries a title of its own: the sentence above it is its title and its alternative text.
"""
