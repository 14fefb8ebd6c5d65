"""Starting a calculator's Python, and having the device keep a snapshot of it."""

from typing import Any

from engines import Engine
from served_build import Served

STATE = "Vademecum.pythonClient().state"
SETTLED = f"['ready', 'failed'].includes({STATE}.name)"
DOSE = {"guideline": "lung-cancer-bone-metastasis", "calculator": "bma-dose"}
ASK = """
const reply = await Vademecum.pythonClient().request('calculate', given);
return reply.ok ? reply.result.kind : reply.error;
"""
MAKE = """
const config = JSON.parse(document.getElementById('vademecum-python').textContent);
const whole = (entry) => ({ ...entry, url: new URL(entry.url, document.baseURI).href });
const worker = new Worker(whole({ url: config.worker }).url, { type: 'module' });
try {
  return await new Promise((resolve) => {
    worker.onmessage = ({ data }) => ['kept', 'failed'].includes(data.type) && resolve(data);
    const { PROTOCOL: protocol } = Vademecum.messages;
    const files = { manifest: whole(config.manifest), payloads: config.payloads.map(whole) };
    worker.postMessage({ type: 'start', protocol, ...files, startLimit: 60000, road: 'keep', cold: given });
  });
} finally {
  worker.terminate();
}
"""
HOUR = 3_600_000


def start(engine: Engine, served: Served, query: str = "") -> str:
    """Open the page, wait for Python, let it answer, and give the road that it took."""
    engine.open(served.dose_page + query)
    engine.wait(SETTLED)
    asked = {**DOSE, "inputs": {"drug": "zoledronic-acid", "age": "70", "crcl": "29.9"}}
    assert engine.run(ASK, asked) == "stop"
    road: str = engine.run(f"return {STATE}.road")
    return road


def make(engine: Engine, cold: int = HOUR) -> dict[str, Any]:
    """Have a snapshot made as the page does; `cold` is what a start without it is said to take, in milliseconds."""
    told: dict[str, Any] = engine.run(MAKE, cold)
    return told
