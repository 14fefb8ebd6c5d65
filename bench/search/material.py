"""Material's own search, untouched, on plain pages of the same content: its worker, asked as its dialog asks it."""

from collections.abc import Sequence
from pathlib import Path

from playwright.sync_api import Browser

from bench.browser import serve

ASK = """
async (queries) => {
  const index = await (await fetch('search/search_index.json')).json();
  const worker = new Worker(JSON.parse(document.getElementById('__config').textContent).search);
  const told = (type) => new Promise((resolve) => {
    worker.addEventListener('message', function hear({data}) {
      if (data.type !== type) return;
      worker.removeEventListener('message', hear);
      resolve(data.data);
    });
  });
  const ready = told(1);
  worker.postMessage({type: 0, data: {config: index.config, docs: index.docs, options: {suggest: false}}});
  await ready;
  const found = [];
  for (const query of queries) {
    const result = told(3);
    worker.postMessage({type: 2, data: query});
    found.push((await result).items.map((group) => group.map(({location}) => location)));
  }
  return found;
}
"""


def ask(browser: Browser, site: Path, queries: Sequence[str], guideline: str) -> list[list[str]]:
    """The answers to each query: the pages, below the guideline's folder, in the order in which the dialog shows them.

    It knows pages and their headings and no statement, row or drug, so that the right page is all that it can give.
    """
    with serve(site) as base:
        page = browser.new_page()
        page.goto(base)
        found: list[list[list[str]]] = page.evaluate(ASK, list(queries))
        page.close()
    return [
        list(dict.fromkeys(hit.removeprefix(f"{guideline}/").partition("#")[0] for group in answer for hit in group))
        for answer in found
    ]
