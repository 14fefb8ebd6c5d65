"""`make bench`: what the site and the browser's Python cost, as ratios to a reference measured in the same run."""
