"""`python -m benchmarks NAME …` runs the measurement of that name."""

import importlib
import sys

# What is typed -> the module that measures it (import is a word of the language, and no name of a module).
MODULES = {"exports": "exports", "import": "imports", "matching": "matching", "speed": "speed"}

if __name__ == "__main__":
    if len(sys.argv) < 2 or sys.argv[1] not in MODULES:
        sys.exit(f"python -m benchmarks {{{','.join(MODULES)}}} …")
    sys.exit(importlib.import_module(f"benchmarks.{MODULES[sys.argv[1]]}").main(sys.argv[2:]))
