"""`vademecum serve`: the site on this machine while its guidelines are written.

The story: `watch.py` says that a file was saved → `session.py` asks `edition.py` for the site as the files now are,
with what `memory.py` still knows of guidelines that stayed as they were; with an error the last good edition stays up →
`shown.py` holds what is shown and wakes the pages that wait → `server.py` answers them; `assets/live.js` in each page
takes the change in and lists the findings.
"""
