"""The words of the pages' scripts in English."""

from generator.words.en import MARKS

SCRIPT = {mark: MARKS[mark] for mark in ("colon", "listing", "semicolon", "brackets")} | {
    "idle": "Runs in Python on this device; not started yet",
    "waiting": "To save data the calculator has not been downloaded. Tap to download it (about {size} MB)",
    "start": "Download the calculator",
    "cancel": "Cancel",
    "downloading": "Downloading the calculator {received} / {total} MB",
    "starting": "Starting Python…",
    "ready": "The calculator is ready",
    "absent": "This site was built without the calculator; the table below says the same.",
    "retry": "Try again",
    "working": "Calculating…",
    "queued": "Will answer as soon as the calculator is ready…",
    "missing": "Please fill in: {fields}",
    "copy": "Copy as text",
    "copy_link": "Copy link",
    "copy_text": "Copy text and citation",
    "more": "More",
    "copied": "Copied",
    "copy_failed": "Could not copy automatically; please select the text below",
    "reasons": "How it was reached: every row of the table",
    "hit": "applies",
    "miss": "does not apply",
    "met": "met",
    "not_met": "not met",
    "steps": "Arithmetic",
    "your_inputs": "Your inputs",
    "risks": "Risks",
    "caveats": "Please note",
    "statements": "Basis",
    "refs": "References",
    "refs_none": "the source cites no reference here",
    "result": "Result",
    "date": "Date",
    "carry": "Use in the dose calculator",
    "step": "Step {step}",
    "back": "Back",
    "restart": "Start over",
    "change": "Change",
    "your_answers": "Your answers",
    "answer_number": "Go on",
    "dropped": "After the change these later answers no longer apply and were dropped: {fields}",
    "lost": "A step named in the link no longer exists; please start at the beginning.",
    "link": "Make a link with the answers",
    "link_made": "The link, with your answers in it, has been copied",
    "advice": "Advice",
    "not_stated": "The source does not say",
    "question": "Question",
    "next": "Go on to",
    "about_cold": "Started from its files in {seconds} s",
    "about_snapshot": "Started in {seconds} s from this device's snapshot: library, engine and data are in it",
    "about_files": "Size and SHA-256 of every file, checked before it ran:",
    "about_bytes": "{bytes} bytes",
    "about_cases_none": "The worked cases have not been run on this device since the page was opened",
    "cases_running": "Running…",
    "cases_passed": "On this device {passed} of {total} cases passed",
    "cases_failed": "On this device {failed} cases differ: do not use the calculator, read the table",
    "python": "Python {python} on this device, engine {engine}",
    "carried": "Carried over: {label}",
    "error": "The calculation failed: {message} Please read the table below.",
}

# The codes are those of messages.js.
_TABLES_STAY = "The static tables below can still be used."
FAILURE = {
    "no-wasm": f"This browser cannot run WebAssembly, so the calculator cannot start. {_TABLES_STAY}",
    "old-browser": f"This browser is too old for the calculator; please update it. {_TABLES_STAY}",
    "network": f"The network was cut and the calculator is incomplete. Check the network and try again. {_TABLES_STAY}",
    "missing": f"The site may just have been updated: a file is gone. Reload the page and try again. {_TABLES_STAY}",
    "damaged": f"A file does not have the checksum that this site published and was refused. Reload the page and try "
    f"again. {_TABLES_STAY}",
    "outdated": f"Page and calculator are of different versions. Reload the page and try again. {_TABLES_STAY}",
    "slow": f"The calculator did not start within {{seconds}} seconds and was stopped. Try again. {_TABLES_STAY}",
    "start": f"The calculator failed to start. Try again. {_TABLES_STAY}",
    "payload": f"The calculator cannot read this guideline's data and has stopped, so as not to give a wrong result. "
    f"{_TABLES_STAY}",
    "worker": f"The calculator stopped, was started again and stopped again. Reload the page. {_TABLES_STAY}",
}

TEACHING = {
    "absent": "This site was built without the calculator; 'Answer and explanation' below each question says the same.",
    "your_inputs": "Given by the case",
    "submit_answer": "Check",
    "choose_first": "Please choose an answer first.",
    "right": "Right",
    "wrong": "Wrong",
    "you_chose": "You chose",
    "right_answer": "Answer",
    "rule_row": "This row of the table of rules",
    "judging_failed": "Could not be judged: {message} Please read 'Answer and explanation' below.",
}
"""What the script of the teaching cases says besides; other pages need not carry it."""

# In a file or folder that carries Python nothing is downloaded, so loading the page again mends nothing.
CARRIED_FAILURE = FAILURE | {
    "missing": (
        "A file of the calculator is missing: unpack the whole archive before opening it, or get a new copy. "
        f"{_TABLES_STAY}"
    ),
    "damaged": (
        "A file of the calculator is damaged (it does not have its hash) and was refused. Get a new copy. "
        f"{_TABLES_STAY}"
    ),
    "outdated": f"The page and the calculator are of different builds. Get a new copy. {_TABLES_STAY}",
}

OFFLINE = {
    "due": "The review of “{title}” was due on {date}: it may be out of date; check the source.",
    "ready": "There is a new edition of this site, downloaded whole.",
    "use": "Use the new edition",
    "later": "Later",
    "available": "There is a new edition of this site (about {size} MB), not downloaded yet to save data; you see "
    "the old one.",
    "fetch": "Download it",
    "working": "Working, please wait…",
    "switched": "This device now uses the new edition; this page is still of the old one.",
    "reload": "Reload this page",
    "broken": "A file of this page did not load or is damaged, and part of the page does not work; its text and "
    "tables can still be used. Reload it with a network.",
    "failed": "The new edition was not downloaded whole; what you see is still the old one, whole.",
    "full": "There is not enough room on this device, and not everything was kept. The site works as before, and "
    "so does what was kept earlier.",
    "title": "Offline use",
    "keep": "Keep for offline use",
    "intro": "Keep all pages and the calculators on this device, to read and calculate without a signal. Only "
    "pages are kept, nothing that you type.",
    "weixin": "WeChat cannot keep pages. Tap “···” at the top right, choose “Open in browser”, and keep them "
    "there. Reading and calculating work here as well.",
    "none": "This browser (or this way of opening the page) cannot keep pages; reading and calculating work "
    "online. Open the site over https in the phone's own browser to keep it.",
    "looking": "Looking for the edition…",
    "costly": "The whole download is about {size} MB. The connection is slow or saves data.",
    "download": "Download",
    "progress": "Downloaded {received} / {total} MB",
    "cancel": "Cancel",
    "retry": "Try again",
    "remove": "Remove from this device",
    "complete": "Kept whole on this device; it works without a signal.",
    "partly": "The pages you read are kept automatically and can be read without a signal; the calculators are not "
    "yet.",
    "waits": "The new edition has been downloaded whole and is not in use yet: the bar at the foot of the page "
    "offers it.",
    "removed": "Everything has been removed from this device. Pages that you open again will be kept again.",
    "size": "{size} MB in {count} files, edition id {edition}",
    "guideline": "edition {edition}, transcription updated {updated}, review due {review_due}",
    "cancelled": "Cancelled. What has come stays on this device, and the next download goes on from there.",
    "network": "The network was cut and not everything was kept. The site works as before; what has come stays, "
    "try again with a network.",
    "publishing": "The site may be being updated, and files are missing. Try again in a few minutes; the site "
    "works as before.",
    "damaged": "A file does not have the checksum that this site published and was refused. Try again later; the "
    "site works as before.",
    "refused": "The browser does not let this site keep files (a private window, or site data forbidden). The site "
    "works online as before.",
    "outdated": "Page and site are of different versions. Reload the page and try again.",
    "absent_title": "No network, and this page is not kept on this device",
    "absent": "There may be no signal, or the address is wrong. Reload with a network; below is what is kept here.",
    "damaged_title": "This device's copy of the page is damaged",
    "damaged_page": "It does not have the checksum that this site published, and is not shown, lest it show a "
    "wrong number. Reload with a network, and it is repaired.",
    "again": "Try again",
}

SEARCH = {
    "search": "Search",
    "placeholder": "Drug, abbreviation, dose…",
    "hint": "Drug and brand names, abbreviations, figures such as “8Gy”; several words in any order.",
    "loading": "Preparing the search…",
    "failed": "The search could not be loaded. Check the network and open the search again.",
    "none": "Nothing found. The guideline may not say, or try other words.",
    "found": "{count} results",
    "close": "Close the search",
}
