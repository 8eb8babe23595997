"""The tests. `tests.factory` builds the warehouses they, the browser tests and people trying things out look at."""
