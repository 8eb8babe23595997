"""The tests. `tests.factory` builds their warehouses, for browser tests and by hand too."""
