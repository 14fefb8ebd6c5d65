"""The site as its files are at one moment: what is copied is at hand, a page is made when it is first asked for.

It does what `mkdocs build` does, hook by hook and in its order, without a folder to write into. The pages are the same
to the byte as those of a whole build, which a test holds. A site with plugins other than ours is built as a whole into
a folder: what such a plugin does between its hooks cannot be known.
"""

import mimetypes
import threading
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any

from mkdocs.commands.build import build, get_context
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, get_files, set_exclusions
from mkdocs.structure.nav import get_navigation
from mkdocs.structure.pages import Page

KNOWN_PLUGINS = {"guideline", "search", "material/search"}


@dataclass(frozen=True, slots=True)
class Found:
    """What lies at an address of the site.

    Attributes:
        content: the bytes.
        kind: their media type.
    """

    content: bytes
    kind: str


class Kept:
    """What editions of one configuration share, since no guideline is in it.

    Attributes:
        theme: the files that the theme publishes.
        written: the HTML of pages by their Markdown and the names of all files, which decide where links lead.
    """

    def __init__(self) -> None:
        self.theme: list[File] = []
        self.written: dict[bytes, tuple[Any, ...]] = {}


class Edition:
    """One edition of a site; its methods may be called from several threads."""

    def __init__(self, config: MkDocsConfig, kept: Kept) -> None:
        """Prepare everything up to the pages.

        Raises:
            MkDocsException: the configuration or a guideline has an error.
        """
        self._lock = threading.RLock()
        self._kept = kept
        self._pages: dict[str, Callable[[], str]] = {}
        self._done: dict[str, bytes] = {}
        plugins = config.plugins
        self._config = config = plugins.on_config(config)
        plugins.on_pre_build(config=config)
        files = get_files(config)
        env = config.theme.get_env()
        self._add_theme(files, env)
        self._files = files = plugins.on_files(files, config=config)
        set_exclusions(files, config)
        nav = get_navigation(files, config)
        self._nav = plugins.on_nav(nav, config=config, files=files)
        self._documents = files.documentation_pages()
        names = "\n".join(sorted(file.src_uri for file in files))
        self._names = sha256(names.encode()).digest()
        for file in self._documents:
            page = file.page or Page(None, file, config)
            if "title" not in vars(page):  # the navigation prints it
                self._read(page)
        self._env = plugins.on_env(env, config=config, files=files)
        self._static = {file.dest_uri: file for file in files if file not in self._documents}
        for name in config.theme.static_templates:
            self._pages[name] = partial(self._template, name)
        for file in self._documents:
            assert file.page
            self._pages[file.dest_uri] = partial(self._page, file.page)

    def find(self, address: str) -> Found | None:
        """What lies at an address below the site's root, such as `x/index.html`; None when there is nothing."""
        kind = mimetypes.guess_type(address)[0] or "application/octet-stream"
        if address in self._pages:
            with self._lock:
                if address not in self._done:
                    self._done[address] = self._pages[address]().encode(errors="xmlcharrefreplace")
                return Found(self._done[address], kind)
        file = self._static.get(address)
        if file is None:
            return None
        try:
            return Found(file.content_bytes, kind)
        except OSError:
            return None

    def addresses(self) -> list[str]:
        """Every address of the site."""
        return sorted({*self._pages, *self._static})

    def _add_theme(self, files: Files, env: Any) -> None:
        """As `Files.add_files_from_theme`, which looks through ten thousand icons, once for all editions."""
        if not self._kept.theme:
            alone = Files([])
            alone.add_files_from_theme(env, self._config)
            self._kept.theme = list(alone)
        for file in self._kept.theme:
            if files.get_file_from_path(file.src_uri) is None:
                files.append(file)

    def _read(self, page: Page) -> None:
        """The Markdown of a page, and the HTML that it gives."""
        config, plugins, files = self._config, self._config.plugins, self._files
        page = plugins.on_pre_page(page, config=config, files=files)
        page.read_source(config)
        assert page.markdown is not None
        page.markdown = plugins.on_page_markdown(page.markdown, page=page, config=config, files=files)
        text = f"{page.file.src_uri}\0{page.markdown}".encode()
        key = sha256(self._names + text).digest()
        if key not in self._kept.written:
            page.render(config, files)
            self._kept.written[key] = (page.content, page.toc, page._title_from_render, page.present_anchor_ids)
        page.content, page.toc, page._title_from_render, page.present_anchor_ids = self._kept.written[key]
        page.content = plugins.on_page_content(page.content, page=page, config=config, files=files)

    def _page(self, page: Page) -> str:
        config = self._config
        if page.content is None:
            self._read(page)
        page.active = True
        try:
            context = get_context(self._nav, self._documents, config, page)
            template = self._env.get_template(page.meta.get("template", "main.html"))
            context = config.plugins.on_page_context(context, page=page, config=config, nav=self._nav)
            output: str = config.plugins.on_post_page(template.render(context), page=page, config=config)
        finally:
            page.active = False
        return output

    def _template(self, name: str) -> str:
        """A page of the theme's own, such as 404.html."""
        config = self._config
        template = config.plugins.on_pre_template(self._env.get_template(name), template_name=name, config=config)
        context = get_context(self._nav, self._files, config, base_url=".")
        context = config.plugins.on_template_context(context, template_name=name, config=config)
        output: str = config.plugins.on_post_template(template.render(context), template_name=name, config=config)
        return output


class WholeBuild:
    """An edition that mkdocs has built into a folder, for sites whose other plugins expect that."""

    def __init__(self, config: MkDocsConfig, folder: Path) -> None:
        """Build it.

        Args:
            config: the site's configuration.
            folder: an empty folder, which this edition keeps.

        Raises:
            MkDocsException: the configuration or a guideline has an error.
        """
        config.site_dir = str(folder)
        build(config)
        self._files = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}

    def find(self, address: str) -> Found | None:
        """As `Edition.find`."""
        path = self._files.get(address)
        return (
            Found(path.read_bytes(), mimetypes.guess_type(address)[0] or "application/octet-stream") if path else None
        )

    def addresses(self) -> list[str]:
        """Every address of the site."""
        return sorted(self._files)


def is_ours_alone(config: MkDocsConfig) -> bool:
    """Whether no plugin, hook or template of others takes part in making the pages."""
    return not config.extra_templates and not config.hooks and set(config.plugins) <= KNOWN_PLUGINS
