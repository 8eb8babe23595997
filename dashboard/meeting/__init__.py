"""The meeting: a queue of views, made again from their pages and selections, on the wall."""
