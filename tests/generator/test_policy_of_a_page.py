"""The content policy as text: where it stands, which scripts get a hash, and that nothing else does."""

import base64
import hashlib

import pytest

from generator.policy import DIRECTIVES, ThemeScripts, guard, inline_scripts

OWN = '__md_scope=new URL("{{ base_url }}",location)'
ANYTHING = "<script>{{ program }}</script><script>{% if page %}go(){% endif %}</script>"
THEME = ThemeScripts(
    [f"<head><script>{OWN}</script></head>", '<script src="x.js"></script><script>go()</script>', ANYTHING]
)


def page(*scripts: str, head: str = '<meta charset="utf-8">') -> str:
    """A page with these script elements."""
    return f"<!doctype html>\n<html>\n<head>\n{head}<title>x</title></head><body>{''.join(scripts)}</body></html>"


def source(script: str) -> str:
    """The hash of a script, as a policy writes it."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"


def policy(html: str, *, live_reload: bool = False) -> dict[str, list[str]]:
    """The directives of the policy that a page gets."""
    content = guard(html, THEME, live_reload=live_reload).html.partition('Policy" content="')[2].partition('"')[0]
    return {name: values for name, *values in (part.split() for part in content.split(";"))}


def test_the_policy_is_the_first_word_of_the_page_after_its_character_set() -> None:
    """Nothing that the policy governs stands before it, with a character set, with a late one, and with none."""
    for head in ('<meta charset="utf-8">', '<title>y</title><meta charset="utf-8">', ""):
        done = guard(page(head=head), THEME).html
        before, _, after = done.partition('<meta http-equiv="Content-Security-Policy"')
        assert after
        assert before.split("<head>")[1].strip() in {"", '<meta charset="utf-8">'}
        assert done.count("Content-Security-Policy") == 1
        assert '<meta name="referrer" content="no-referrer">' in after


def test_nothing_is_allowed_by_default_and_nothing_unsafe() -> None:
    """The policy starts from nothing, names no host, and allows neither inline scripts and styles nor eval."""
    found = policy(page())
    assert found["default-src"] == ["'none'"]
    assert found["script-src"] == ["'self'", "'wasm-unsafe-eval'"]
    allowed = {value for values in found.values() for value in values}
    assert allowed == {"'none'", "'self'", "'wasm-unsafe-eval'", "data:"}
    assert found["img-src"] == ["'self'", "data:"]
    assert [name for name, values in found.items() if "data:" in values] == ["img-src"]
    assert set(found) == set(DIRECTIVES)


@pytest.mark.parametrize("base_url", [".", "../..", "/", "/a/b-c_d", "https://example.org/x%20y/"])
def test_a_script_of_the_theme_is_allowed_by_its_hash(base_url: str) -> None:
    """The theme's scripts run whatever address of the site is filled in, each by the hash of the text on the page."""
    filled = OWN.replace("{{ base_url }}", base_url)
    html = page(f"<script>{filled}</script>", "<script>go()</script>", "<script>go()</script>")
    assert policy(html)["script-src"][2:] == [source(filled), source("go()")]
    assert guard(html, THEME).refused == ()


@pytest.mark.parametrize(
    "script",
    [
        "alert(1)",
        "go();alert(1)",
        "go() ",
        '__md_scope=new URL("x");alert(1);("",location)',
        '__md_scope=new URL("x\\",location);alert(1)//",location)',
        "__md_scope=new URL(\"'+alert(1)+'\",location)",
    ],
)
def test_another_script_gets_no_hash(script: str) -> None:
    """A script that no template has, or that goes beyond what is filled in, is refused and reported."""
    for written in (f"<script>{script}</script>", f'<script type="module">{script}</script>'):
        html = page("<script>go()</script>", written)
        assert policy(html)["script-src"][2:] == [source("go()")]
        assert guard(html, THEME).refused == (script,)


def test_data_and_files_need_no_hash() -> None:
    """JSON for a script, a script of a file and a script inside a comment are no inline scripts."""
    html = page(
        '<script type="application/json">{"a": "go()"}</script>',
        '<script type="APPLICATION/LD+JSON">{}</script>',
        '<script src="x.js"></script>',
        "<!-- <script>go()</script> -->",
    )
    assert inline_scripts(html) == []
    assert guard(html, THEME).refused == ()


def test_a_script_is_hashed_as_the_browser_reads_it() -> None:
    """Line ends are those that a browser sees, and entities in a script stay as they are."""
    assert inline_scripts(page("<script>a\r\nb\rc &amp; '<b>'</script>")) == ["a\nb\nc &amp; '<b>'"]


def test_the_local_server_may_add_its_script() -> None:
    """While a site is served for its author every inline script runs, and all else is as strict."""
    served, published = policy(page("<script>go()</script>"), live_reload=True), policy(page())
    assert served.pop("script-src") == [*published.pop("script-src"), "'unsafe-inline'"]
    assert served == published


def test_a_page_without_a_head_is_an_error() -> None:
    """No page is ever written without its policy."""
    with pytest.raises(ValueError, match="head"):
        guard("<p>x</p>", THEME)
