"""What pages are made of. With `pages/` and `app.py` the only code that knows Streamlit."""
