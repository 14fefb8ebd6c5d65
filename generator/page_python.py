"""What a page tells its scripts about Python: `Config` in messages.js."""

from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from generator.runtime import RuntimeManifest


def config(
    worker: str,
    runtime: str,
    manifest: RuntimeManifest,
    failures: Mapping[str, str],
    payloads: Mapping[str, tuple[str, bytes]],
) -> dict[str, Any]:
    """Addresses, and the hashes and sizes that the page vouches for.

    Args:
        worker: address of the worker's script.
        runtime: address of the runtime's manifest.
        manifest: the manifest that lies there.
        failures: why Python can be unavailable, in words, by code.
        payloads: address and content of each guideline's data that the page needs, by the guideline's id.
    """
    return {
        "worker": worker,
        "manifest": {"url": runtime, "sha256": manifest.sha256, "size": manifest.size},
        "bytes": manifest.transfer,
        "failures": dict(failures),
        "payloads": [
            {"guideline": name, "url": url, "sha256": sha256(content).hexdigest(), "size": len(content)}
            for name, (url, content) in payloads.items()
        ],
    }
