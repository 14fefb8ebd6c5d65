"""Python in a real browser: how it starts, what it says when something is wrong, that it stops when told."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page
from served_site import Site

from generator.runtime.manifest import sha256

STATIC_TABLES = "下面的静态表仍然可用。"
ASK = "(fields) => Vademecum.pythonClient().request('calculate', fields, {form: 'one'})"
SIX = {"value": "18"}


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page in a browser profile of its own, so that nothing is cached."""
    context = browser.new_context()
    yield context.new_page()
    context.close()


def open_page(page: Page, url: str) -> list[str]:
    """Open the site and note every state in `window.states`; gives a list that gets the console's texts."""
    said: list[str] = []

    def note(message: ConsoleMessage) -> None:
        said.append(message.text)

    page.on("console", note)
    page.goto(url)
    page.evaluate(
        """() => {
          window.states = [];
          Vademecum.pythonClient().onstate((state) => window.states.push(state));
        }"""
    )
    return said


def start(page: Page, tapped: bool = False) -> None:
    """Have the client start, as an element of a page would, or as a reader's tap."""
    page.evaluate("(tapped) => Vademecum.pythonClient().start({tapped})", tapped)


def wait_for(page: Page, name: str) -> dict[str, Any]:
    """Wait until the client is in a state, and give it."""
    page.wait_for_function("(name) => window.states.at(-1).name === name", arg=name)
    state: dict[str, Any] = page.evaluate("() => window.states.at(-1)")
    return state


def names_of_states(page: Page) -> list[str]:
    """The states so far, repeats taken together."""
    names: list[str] = page.evaluate("() => window.states.map((state) => state.name)")
    return [name for at, name in enumerate(names) if at == 0 or names[at - 1] != name]


def test_python_starts_and_answers(page: Page, site: Site) -> None:
    """From an empty cache, Python starts under a strict content policy, answers, and asks no other host."""
    hosts: set[str] = set()
    page.on("request", lambda request: hosts.add(request.url.split("/")[2]))
    said = open_page(page, site.url)
    start(page)
    state = wait_for(page, "ready")
    assert (state["python"], state["engine"]) == ("3.14.2", "9.8.7")
    assert names_of_states(page) == ["idle", "downloading", "starting", "ready"]
    assert page.evaluate(ASK, SIX)["result"] == {"value": "6", "text": "不超过 6 mg"}
    last = page.evaluate("() => window.states.findLast((state) => state.name === 'downloading')")
    assert last["received"] == last["total"] > 4_000_000
    assert hosts == {f"localhost:{site.port}"}
    assert not [text for text in said if "Content Security Policy" in text or "Failed to load" in text]


def test_requests_before_readiness_wait_in_order(page: Page, site: Site) -> None:
    """Early requests are answered later, in order; a form's newer request replaces its older one."""
    open_page(page, site.url)
    answers = page.evaluate(
        """async () => {
          const client = Vademecum.pythonClient();
          const order = [];
          const ask = (value, form) =>
            client.request('calculate', {value}, {form}).then((answer) => {
              order.push(answer.superseded ? `${value} superseded` : `${value} → ${answer.result.value}`);
            });
          const all = [ask('3', 'a'), ask('6', 'b'), ask('9', 'a'), ask('12'), ask('15')];
          client.start();
          await Promise.all(all);
          return order;
        }"""
    )
    assert answers == ["3 superseded", "6 → 2", "9 → 3", "12 → 4", "15 → 5"]


@pytest.mark.parametrize("part", ["manifest.", "python_stdlib.", "asm.", "vademecum_calculators", "payload"])
def test_a_corrupted_file_is_refused(page: Page, site: Site, part: str) -> None:
    """A file with another hash than the page vouches for is fetched once more, then refused in words."""
    site.faults[part] = "corrupt"
    open_page(page, site.url)
    start(page)
    state = wait_for(page, "failed")
    assert state["code"] == "damaged"
    assert state["message"] == ("下载的文件与本站公布的校验值不符，已拒绝使用。请刷新页面后重试；" + STATIC_TABLES)
    reply = page.evaluate(ASK, SIX)
    assert (reply["ok"], reply["error"]) == (False, {"code": "unavailable", "message": state["message"]})


def test_a_cut_network_is_told_and_can_be_tried_again(page: Page, site: Site) -> None:
    """When the connection ends inside a file, the reader is told, waiting requests end, a new try works."""
    site.faults["wasm"] = "cut"
    open_page(page, site.url)
    page.evaluate(f"() => {{ window.early = ({ASK})({{value: '3'}}); }}")
    start(page)
    state = wait_for(page, "failed")
    assert state["code"] == "network"
    assert state["message"] == "网络中断，计算器没有下载完整。请检查网络后重试；" + STATIC_TABLES
    assert page.evaluate("() => window.early")["error"]["code"] == "unavailable"
    site.faults.clear()
    start(page)
    wait_for(page, "ready")


def test_a_missing_file_means_that_the_site_has_changed(page: Page, site: Site) -> None:
    """A page that is older than the site asks for files that are gone: it says to load the page again."""
    site.faults["python_stdlib."] = "missing"
    open_page(page, site.url)
    start(page)
    assert wait_for(page, "failed")["message"].startswith("网站可能刚刚更新，有文件找不到了。请刷新页面后重试；")


def test_a_worker_that_cannot_be_loaded_is_told(page: Page, site: Site) -> None:
    """Without its script there is no worker to say what is wrong, so the page says it, after a second try."""
    site.faults["worker.js"] = "missing"
    open_page(page, site.url)
    start(page)
    assert wait_for(page, "failed")["code"] == "worker"
    assert site.asked.count("worker.js") == 2


def test_a_download_can_be_cancelled(page: Page, site: Site) -> None:
    """Cancelling ends the download and the waiting requests; a later start begins anew."""
    site.faults["wasm"] = "hang"
    open_page(page, site.url)
    page.evaluate(f"() => {{ window.early = ({ASK})({{value: '3'}}); }}")
    start(page)
    page.wait_for_function("() => window.states.at(-1).received > 0")
    (worker,) = page.workers
    with worker.expect_event("close"):
        page.evaluate("() => Vademecum.pythonClient().cancel()")
    assert page.evaluate("() => window.states.at(-1).name") == "idle"
    assert page.evaluate("() => window.early") == {"cancelled": True}
    site.faults.clear()
    site.released.set()
    start(page)
    wait_for(page, "ready")


def test_a_start_without_end_is_ended(page: Page, site: Site) -> None:
    """Python that does not start within the limit is given up, with the limit in the message."""
    never = b"WebAssembly.instantiate = WebAssembly.instantiateStreaming = () => new Promise(() => {});\n"
    site.files["worker.js"] = never + site.files["worker.js"]
    site.configure(startLimit=1)
    open_page(page, site.url)
    start(page)
    state = wait_for(page, "failed")
    assert state["code"] == "slow"
    assert state["message"].startswith("计算器在 0.001 秒内没有启动，已停止。")


def test_a_worker_that_dies_is_started_again_once(page: Page, site: Site) -> None:
    """After a fatal error the requests without an answer go to a new worker; a second one is reported."""
    open_page(page, site.url)
    start(page)
    wait_for(page, "ready")
    answer = page.evaluate(
        """() => {
          const client = Vademecum.pythonClient();
          client.request('die', {}, {form: 'one'});
          return client.request('calculate', {value: '3'}, {form: 'one'});
        }"""
    )
    assert answer["result"]["value"] == "1"
    assert names_of_states(page)[-4:] == ["ready", "downloading", "starting", "ready"]
    reply = page.evaluate("() => Vademecum.pythonClient().request('die')")
    assert reply["error"]["code"] == "unavailable"
    assert wait_for(page, "failed")["message"] == ("计算器意外停止，重新启动后仍未恢复。请刷新页面；" + STATIC_TABLES)


def test_a_payload_that_the_engine_refuses_stops_it(page: Page, site: Site) -> None:
    """Data that the engine cannot read are no reason to guess: no calculator of the page runs."""
    site.files["payload.json"] = b'{"guideline": {}}'
    wrong = {"guideline": "stand-in", "url": "payload.json", "sha256": sha256(site.files["payload.json"])}
    site.configure(payloads=[wrong])
    open_page(page, site.url)
    start(page)
    assert wait_for(page, "failed")["code"] == "payload"


@pytest.mark.parametrize(
    "connection",
    [
        "{saveData: true, effectiveType: '4g', downlink: 10}",
        "{saveData: false, effectiveType: '2g', downlink: 10}",
        "{saveData: false, effectiveType: '3g', downlink: 0.4}",
    ],
    ids=["saving data", "2g", "slow"],
)
def test_a_costly_connection_waits_for_a_tap(page: Page, site: Site, connection: str) -> None:
    """With Save-Data or a slow line nothing is downloaded until the reader taps; the size is told before."""
    page.add_init_script(f"Object.defineProperty(navigator, 'connection', {{value: {connection}}})")
    open_page(page, site.url)
    start(page)
    state = wait_for(page, "waiting")
    assert state["bytes"] == json.loads(site.files["config.json"])["bytes"]
    assert not [path for path in site.asked if path.startswith("runtime/")]
    start(page, tapped=True)
    wait_for(page, "ready")


def test_a_browser_without_webassembly_is_told(page: Page, site: Site) -> None:
    """Where WebAssembly is missing or forbidden, the reader is told at once and nothing is downloaded."""
    page.add_init_script("delete globalThis.WebAssembly")
    open_page(page, site.url)
    start(page)
    assert wait_for(page, "failed")["message"] == ("此浏览器不能运行 WebAssembly，计算器无法启动；" + STATIC_TABLES)
    assert not [path for path in site.asked if path.startswith("runtime/")]


def test_plain_http_runs(page: Page, site: Site) -> None:
    """On http without crypto.subtle (a ward's own server) the browser's integrity check stands in."""
    open_page(page, f"http://ward.test:{site.port}/")
    assert page.evaluate("() => crypto.subtle === undefined")
    start(page)
    wait_for(page, "ready")
    assert page.evaluate(ASK, SIX)["result"]["value"] == "6"


@pytest.mark.parametrize("part", ["manifest.", "asm.", "payload"])
def test_plain_http_refuses_a_corrupted_file(page: Page, site: Site, part: str) -> None:
    """On plain http too nothing unchecked runs; the browser hides why, so it counts as not downloaded."""
    site.faults[part] = "corrupt"
    open_page(page, f"http://ward.test:{site.port}/")
    start(page)
    assert wait_for(page, "failed")["code"] == "network"


def test_a_server_that_unpacks_on_the_way_does_no_harm(page: Page, site: Site) -> None:
    """Files that the server declares as gzip-encoded arrive unpacked; their other hash is known."""
    site.faults[".gz"] = "unpack"
    open_page(page, site.url)
    start(page)
    wait_for(page, "ready")
