"""How well the search answers the queries that were written before it: `python -m bench.search`."""
