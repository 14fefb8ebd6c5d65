"""The part of the build that runs inside Pyodide, under node: standard library and relative imports only.

Bytecode must come from the very Python that will read it, and compression from one fixed zlib: another host
has another Python and another zlib (zlib-ng packs the same data into other bytes), so both jobs are done in
here, and the same inputs give the same bytes on every machine.
"""
