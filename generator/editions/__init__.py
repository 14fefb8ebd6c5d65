"""Two editions of a guideline compared: what changed, in words, doses and thresholds first.

`sources` finds the editions (a folder, a git revision, a record), `compare` finds every difference of their data,
`tell` says each in the words of the site, `report` prints them, `history` gives a site its page 'What changed'.
"""
