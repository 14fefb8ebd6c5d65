"""What the adapter's hooks share: adding to mkdocs' list of files, leaving out of it, and reading its navigation."""

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

from generator import bundles, cards, schema
from generator import pages as own_pages
from generator.editions import record
from generator.models.guideline import Metadata
from generator.runtime import IN_CACHE
from generator.runtime.cache import cache_folder

log = logging.getLogger("mkdocs.plugins.guideline")
waiting = logging.getLogger("mkdocs.plugins.guideline.waiting")
"""What a first build waits for, in sentences: the commands print it where mkdocs keeps quiet."""

MATERIAL_SEARCH = ("assets/javascripts/lunr/", "assets/javascripts/workers/search.")
"""How the addresses of the files of Material's own search begin."""


def sources_of(files: Files) -> list[str]:
    """The files that the pages are made of, which are not published: YAML, and the records of earlier editions."""
    names = [(item.src_uri, item.src_uri.split("/")) for item in files]
    kept = [uri for uri, parts in names if uri.endswith(".json") and parts[-2:-1] == [record.FOLDER]]
    return [*kept, *(uri for uri, _ in names if uri.endswith((".yaml", ".yml")))]


def without_changes(names: Iterable[str]) -> list[str]:
    """The bundles of a site that has no page of changes."""
    return [name for name in names if name != "changes.css"]


class PageFile(File):
    """A generated page in mkdocs' list of files, which is written when it is read."""

    own: own_pages.Page

    @property  # type: ignore[misc]  # mkdocs' may be set too
    def content_string(self) -> str:
        """The Markdown of the page."""
        return self.own.markdown

    @property  # type: ignore[misc]
    def content_bytes(self) -> bytes:
        """The same as bytes."""
        return self.own.markdown.encode()


def page_file(config: MkDocsConfig, page: own_pages.Page) -> File:
    """A page for mkdocs' list of files."""
    file = PageFile.generated(config, page.uri, content="")
    assert isinstance(file, PageFile)
    file.own = page
    return file


def anew[A, T](kind: str, of: A, make: Callable[[A], T]) -> T:
    """What is made of something, made anew; stands for a memory, which may know it from before.

    Args:
        kind: what is made.
        of: what it is made of, and known by: an object that does not change.
        make: makes it.
    """
    return make(of)


def leave_out_material_search(files: Files) -> None:
    """Publish nothing of Material's own search, which nothing uses."""
    leave_out(files, [item.src_uri for item in files if item.src_uri.startswith(MATERIAL_SEARCH)])


def leave_out(files: Files, uris: Iterable[str]) -> None:
    """Do not publish these files, as far as they are there."""
    for uri in uris:
        if file := files.get_file_from_path(uri):
            files.remove(file)


def add_bundles(
    files: Files, config: MkDocsConfig, names: Iterable[str], before: Mapping[str, bytes]
) -> dict[str, str]:
    """Publish scripts and style sheets joined; gives the address of each bundle from the site's root.

    Args:
        files: the site's files.
        config: whose theme has the parts.
        names: keys of `bundles.BUNDLES`.
        before: what stands before the parts of some bundles.
    """
    addresses = {}
    for name in names:
        content = before.get(name, b"") + bundles.join(name, [Path(folder) for folder in config.theme.dirs])
        addresses[name] = bundles.address(name, content)
        files.append(File.generated(config, addresses[name], content=content))
    return addresses


def cards_of(files: Files, metas: Iterable[Metadata]) -> Iterator[tuple[str, cards.Card]]:
    """The picture of each guideline that has one and whose words are still true; another is not published."""
    for meta in metas:
        file = files.get_file_from_path(f"{meta.id}/{cards.FILE}")
        if file is None:
            continue
        if fault := cards.fault(file.content_bytes, meta):
            files.remove(file)
            log.warning("%s %s, so it is left out. Draw it anew: tools/draw_card.py", file.src_uri, fault)
        else:
            yield meta.id, cards.Card(file.url, " ".join(cards.lines(meta)))


def add_schemas(files: Files, config: MkDocsConfig) -> None:
    """Publish the schemas of the YAML files, for editors; no page needs them."""
    for name, text in schema.files():
        files.append(File.generated(config, f"schema/{schema.VERSION}/{name}", content=text))


def pages_of(item: Any) -> list[Page]:
    """The pages of an entry of the navigation, in their order."""
    if isinstance(item, Page):
        return [item]
    return [page for child in getattr(item, "children", None) or () for page in pages_of(child)]


def is_served(config: MkDocsConfig) -> bool:
    """Whether this is live reload: mkdocs then makes the local server's address the site's own."""
    host, port = config.dev_addr
    return (config.site_url or "").startswith(f"http://{host}:{port}/")


def add_to_theme(config: MkDocsConfig, overrides: Path) -> None:
    """Lay our templates over the theme's, and switch on what the Markdown of our pages needs."""
    if not any(Path(place).resolve() == overrides.resolve() for place in config.theme.dirs):
        config.theme.dirs.insert(1 if config.theme.custom_dir else 0, str(overrides))
    if "attr_list" not in config.markdown_extensions:
        config.markdown_extensions.append("attr_list")


def without_material_search(config: MkDocsConfig) -> None:
    """Switch Material's own search off where mkdocs.yml or mkdocs itself lists it: this site has another."""
    for name in ("material/search", "search"):
        plugin: Any = config.plugins.get(name)
        if plugin is not None and "enabled" in plugin.config:
            plugin.config["enabled"] = False


def tell(sentence: str) -> None:
    """Log a step of making the browser's Python; that there is nothing to make is no news to those who wait."""
    (log if sentence == IN_CACHE else waiting).info("%s", sentence)


def template_cache() -> Path:
    """The folder of the user's own cache in which compiled templates are kept; it is there."""
    folder = cache_folder() / "templates"
    folder.mkdir(parents=True, exist_ok=True)
    return folder
