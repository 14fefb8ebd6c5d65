"""Stands in for asyncio, which Pyodide's C code imports by name and, without a loop, never uses."""
