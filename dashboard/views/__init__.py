"""What the pages show: pure functions from frames to a View, one module per page (or per part of a long one).

Nothing here asks the warehouse, the session or Streamlit: what a view needs comes as parameters.
"""
