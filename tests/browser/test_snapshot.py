"""The snapshot that a device keeps for the next visit: made, used, refused, in every engine that `ENGINES` asks for.

The page asks for it by itself after the first answer. Each test has an address
of its own, and with it a storage of its own.
"""

import json
from typing import Any

import pytest
from engines import Engine
from served_build import Served
from start_and_keep import make, start

pytestmark = pytest.mark.browser

NOTE = """
const cache = await caches.open('vademecum-snapshot');
const keys = (await cache.keys()).map((request) => request.url);
const url = keys.find((key) => key.endsWith('.json'));
return { keys, note: url ? await (await cache.match(url)).json() : null };
"""
# each works on what is kept: `cache`, `url` of the snapshot, its `note`, its `bytes`
SPOILT = {
    "truncated": "await cache.put(url, new Response(bytes.slice(0, bytes.length / 2)));",
    "one bit changed": "bytes[bytes.length - 1] ^= 1; await cache.put(url, new Response(bytes));",
    "not a snapshot": """
      const foreign = new Uint8Array(1 << 20);
      await cache.put(url, new Response(foreign));
      await write({ ...note, size: foreign.length, sha256: await digest(foreign) });
    """,
    "of another build of Pyodide": """
      bytes[16] ^= 1;  // its build id
      await cache.put(url, new Response(bytes));
      await write({ ...note, sha256: await digest(bytes) });
    """,
    "another answer": """
      const [{ request, reply }] = note.samples;
      await write({ ...note, samples: [{ request, reply: reply.replace('"ok": true', '"ok": false') }] });
    """,
    "bytes missing": "await cache.delete(url);",
    "a note that is no JSON": "await cache.put(`${url}.json`, new Response('{'));",
}
MOVE = """
      await cache.put(url.replace(/[^/]+$/, 'another-build'), new Response(bytes));
      await cache.put(url.replace('/assets/', '/another-site/'), new Response(bytes));
      await cache.delete(url);
      await cache.delete(`${url}.json`);
"""
SPOIL = """
const cache = await caches.open('vademecum-snapshot');
const url = (await cache.keys()).map((request) => request.url).find((key) => !key.endsWith('.json'));
const note = await (await cache.match(`${url}.json`)).json();
const bytes = new Uint8Array(await (await cache.match(url)).arrayBuffer());
const hex = (found) => [...new Uint8Array(found)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
const digest = async (found) => hex(await crypto.subtle.digest('SHA-256', found));
const write = (changed) => cache.put(`${url}.json`, new Response(JSON.stringify(changed)));
await (async () => { %s })();
"""


REFUSED = (
    "Object.defineProperty(globalThis, 'caches', { get() { throw new DOMException('refused', 'SecurityError'); } });"
)
FULL = "Cache.prototype.put = () => Promise.reject(new DOMException('full', 'QuotaExceededError'));"


def kept(engine: Engine) -> dict[str, Any]:
    """What is kept: `keys`, and the `note` if there is one."""
    found: dict[str, Any] = engine.run(NOTE)
    return found


def test_the_first_answer_leaves_a_snapshot_that_the_next_visit_starts_from(engine: Engine, served: Served) -> None:
    """After the first answer a snapshot is kept; the next visit starts from it without library, engine and payload."""
    assert start(engine, served) == "cold"
    engine.wait(f"(await (async () => {{ {NOTE} }})()).note")
    note = kept(engine)["note"]
    assert note["verdict"] == "untried"
    assert json.loads(note["samples"][0]["reply"])["ok"]
    served.asked.clear()
    engine.run(f"await (async () => {{ {SPOIL % 'await write({ ...note, cold: 3600000 });'} }})()")
    assert start(engine, served) == "snapshot"
    assert not [path for path in served.asked if "stdlib" in path or ".whl" in path]
    engine.wait(f"(await (async () => {{ {NOTE} }})()).note.verdict === 'pays'")
    assert start(engine, served, "?python=cold") == "cold"


@pytest.mark.parametrize("spoil", SPOILT.values(), ids=[*SPOILT])
def test_a_snapshot_that_is_not_what_it_should_be_is_dropped(engine: Engine, served: Served, spoil: str) -> None:
    """Whatever is wrong with what is kept, Python starts without it, answers, and keeps a sound one again."""
    start(engine, served, "?python=cold")
    assert make(engine)["bytes"] > 10_000_000
    engine.run(SPOIL % spoil)
    assert start(engine, served) == "cold"
    # the page makes a new one by itself; what is spoilt must be gone by then or replaced
    engine.wait(f"(await (async () => {{ {NOTE} }})().catch(() => ({{}}))).note?.size > 10000000")
    assert start(engine, served) == "snapshot"


def test_a_snapshot_of_another_build_goes_when_one_of_this_build_comes(engine: Engine, served: Served) -> None:
    """What another build of the site has kept is never read, and deleted; what another site has kept stays."""
    start(engine, served, "?python=cold")
    make(engine)
    engine.run(SPOIL % MOVE)
    assert start(engine, served) == "cold"
    make(engine)
    keys = kept(engine)["keys"]
    assert not [key for key in keys if "another-build" in key]
    assert [key for key in keys if "another-site" in key]
    assert start(engine, served) == "snapshot"


def test_a_device_that_gains_nothing_keeps_nothing(engine: Engine, served: Served) -> None:
    """Where the start from a snapshot takes too large a part of a start without, it goes and none is made again."""
    start(engine, served, "?python=cold")
    make(engine, cold=1)
    assert start(engine, served) == "snapshot"
    engine.wait(f"(await (async () => {{ {NOTE} }})()).note.verdict === 'declined'")
    assert len(kept(engine)["keys"]) == 1
    assert start(engine, served) == "cold"
    assert make(engine)["bytes"] == 0


@pytest.mark.parametrize(("code", "failure"), [(REFUSED, ""), (FULL, "QuotaExceededError")], ids=["refused", "full"])
def test_without_storage_every_start_is_cold(engine: Engine, served: Served, code: str, failure: str) -> None:
    """Where a browser refuses storage or has no room left, Python starts and answers every time, and keeps nothing."""
    served.before["/worker."] = code
    for _visit in range(2):
        assert start(engine, served) == "cold"
        told = make(engine)
        assert failure in told.get("detail", "") if failure else told["bytes"] == 0
        assert kept(engine)["keys"] == []
