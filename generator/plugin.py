"""The mkdocs adapter: hooks of a few lines each, and the only module that imports mkdocs.

It feeds the generated pages, payloads and runtime files into a build, gives each guideline its own navigation, and
stops before anything is written when a finding is an error.
"""

import logging
import os
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

from markupsafe import escape
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.utils import get_relative_url
from mkdocs.utils.templates import TemplateContext

from generator import (
    additions,
    bundles,
    in_language,
    inventory,
    languages,
    navigation,
    offline,
    page_python,
    pages,
    payload,
    policy,
    report,
    site_navigation,
    translation,
)
from generator.checks import check_folder
from generator.editions import record
from generator.explanations import files as explanation_files
from generator.findings import Finding, has_errors
from generator.load import guideline_folders
from generator.models.guideline import Guideline, Metadata
from generator.payload import proof
from generator.runtime import RuntimeManifest, RuntimeUnavailable, build_runtime
from generator.runtime.carried import Carried, carry
from generator.search import file as search_file
from generator.site_options import GuidelineConfig, content_folder, overrides_folder
from generator.words import for_failures, for_language

__all__ = ["FindingsError", "GuidelineConfig", "GuidelinePlugin", "content_folder", "overrides_folder"]

log = logging.getLogger("mkdocs.plugins.guideline")

RUNTIME_URI = f"{bundles.FOLDER}/runtime"
CARRIED_URI = f"{bundles.FOLDER}/carried"
ENGINE = Path(__file__).parent.parent / "calculators"


class FindingsError(PluginError):
    """The guidelines have errors; nothing was written."""


class GuidelinePlugin(BasePlugin[GuidelineConfig]):  # type: ignore[no-untyped-call]
    """Adds every guideline of the content folder to the site."""

    guidelines: list[Guideline]
    findings: list[Finding]
    earlier: dict[str, list[Guideline]]
    generated: list[pages.Page]
    manifest: RuntimeManifest | None

    # What `vademecum serve` sets: it keeps what is made of a guideline for as long as the guideline stays as it is.
    served = False
    check = staticmethod(check_folder)
    remember = staticmethod(additions.anew)

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Load and check everything; an error stops here, before the site folder is emptied."""
        root = Path(config.config_file_path).parent if config.config_file_path else Path.cwd()
        pages.keep_compiled(additions.template_cache())
        # What live reload shows is not to be kept, and what an earlier site at that address left must not hide it.
        keep = False if self.config.carried else self.config.offline
        self.offline = "withdraw" if keep and (self.served or additions.is_served(config)) else keep
        if self.offline is True:
            config.theme.static_templates.add(offline.PAGE)
        additions.without_material_search(config)
        self._load(root / self.config.content)
        # A page opened from a folder finds the data of its guideline by its id: one language then.
        language = self.config.language
        originals = self.config.carried and not language
        self.editions = languages.of(self.guidelines, language, originals=originals, translate=self._translate)
        if not self.editions.all:
            raise PluginError(f"No guideline is in '{self.config.language}': expected a folder of that name in one.")
        self.payloads = {item.folder: self.remember("payload", item, payload.dump) for item in self.editions.all}
        self.runtime_folder = root / ".cache" / "runtime"
        wanted = self.config.runtime and any(item.calculators or item.pathways for item in self.guidelines)
        self.manifest = self.remember("runtime", None, self._runtime) if wanted else None
        urls = config.use_directory_urls
        homes = {
            language: pages.home(
                self.editions.listed(language), language, directory_urls=urls, uri=self.editions.home(language)
            )
            for language in self.editions.languages
        }
        own = [self.remember("pages", item, partial(self._pages, config)) for item in self.editions.all]
        self.generated = [*homes.values(), *(page for group in own for page in group)]
        if config.nav is None:
            config.nav = [
                *({for_language(language)["guidelines"]: home.uri} for language, home in homes.items()),
                *(navigation.entries(g, p) for g, p in zip(self.editions.all, own, strict=True)),
            ]
        additions.add_to_theme(config, overrides_folder())
        return config

    def _translate(self, guideline: Guideline) -> Sequence[Guideline]:
        return self.remember("languages", guideline, translation.editions)

    def _pages(self, config: MkDocsConfig, guideline: Guideline) -> tuple[pages.Page, ...]:
        earlier = self.earlier[guideline.meta.id]
        return pages.build(guideline, directory_urls=config.use_directory_urls, earlier=earlier)

    def _load(self, content: Path) -> None:
        self.guidelines, self.findings = [], []
        folders: dict[str, Path] = {}
        for folder in guideline_folders(content):
            guideline, findings = self.check(folder, os.path.relpath(folder))
            self.findings += findings
            if guideline is not None and self.config.only in ("", guideline.meta.id):
                self.guidelines.append(guideline)
                folders[guideline.meta.id] = folder
        if self.findings:
            level = logging.ERROR if has_errors(self.findings) else logging.INFO
            log.log(level, "\n%s", report.text(self.findings))
        if has_errors(self.findings):
            raise FindingsError("The guidelines have errors; the site was left as it was.")
        self.earlier = {name: list(record.earlier(folder)) for name, folder in folders.items()}
        if not self.guidelines:
            raise PluginError(f"No guideline in '{content}': expected a folder with guideline.yaml in it.")

    def _runtime(self, _: None) -> RuntimeManifest:
        requests = [
            request
            for guideline in self.editions.all
            for request in proof.requests(guideline, self.payloads[guideline.folder])
        ]
        try:
            return build_runtime(ENGINE, self.runtime_folder, self.config.runtime_budget, additions.tell, requests)
        except RuntimeUnavailable as error:
            raise PluginError(str(error)) from None

    def on_files(self, files: Files, config: MkDocsConfig) -> Files:
        """Add the generated files; the YAML sources are not published."""
        additions.leave_out(files, additions.sources_of(files))
        for page in self.generated:
            if files.get_file_from_path(page.uri) is None:
                files.append(additions.page_file(config, page))
        self.files = files
        self.explanations = explanation_files(self.editions.all, directory_urls=config.use_directory_urls)
        for told in self.explanations.values():
            files.append(File.generated(config, told.uri, content=told.script))
        self._bundle(files, config)
        self._interact(files, config)
        self.cards = dict(additions.cards_of(files, [item.meta for item in self.editions.all if not item.original]))
        self._search(files, config)
        if not self.config.carried:
            additions.add_schemas(files, config)
        return files

    def _interact(self, files: Files, config: MkDocsConfig) -> None:
        """Publish the runtime and the payloads, or carry them in scripts where nothing can be fetched."""
        if self.manifest and self.config.carried:
            for file in self.carry(config).files:
                files.append(File.generated(config, f"{CARRIED_URI}/{file.file}", content=file.script))
            return
        for name, text in self.payloads.items():
            files.append(File.generated(config, f"{name}/payload.json", content=text))
        for path in sorted(self.runtime_folder.iterdir()) if self.manifest else ():
            files.append(File.generated(config, f"{RUNTIME_URI}/{path.name}", abs_src_path=str(path)))

    def carry(self, config: MkDocsConfig) -> Carried:
        """What the pages need of Python, packed to travel with them."""
        worker = bundles.join("carried-worker.js", [Path(folder) for folder in config.theme.dirs])
        assert self.manifest
        payloads = {item.meta.id: self.payloads[item.folder] for item in self.editions.all}
        self.carried = carry(self.runtime_folder, self.manifest, worker, payloads)
        return self.carried

    def _bundle(self, files: Files, config: MkDocsConfig) -> None:
        """Publish the site's own scripts and style sheets joined, and not one by one."""
        words = {"keep.js": offline.words_script(meta.language for meta in self.editions.metas)}
        names = bundles.published(self.offline, carried=self.config.carried)
        names = names if any("/changes.md" in page.uri for page in self.generated) else additions.without_changes(names)
        additions.leave_out(files, bundles.sources() | (set() if self.offline is True else offline.PICTURES))
        self.bundles = additions.add_bundles(files, config, names, words)
        if self.offline is True and files.get_file_from_path(offline.MANIFEST) is None:
            about = (config.site_name, config.site_description or "", self.editions.language)
            files.append(File.generated(config, offline.MANIFEST, content=offline.manifest(*about)))

    def _search(self, files: Files, config: MkDocsConfig) -> None:
        """Publish an index a guideline; Material's search, which nothing uses, is not published."""
        additions.leave_out_material_search(files)
        self.indexes: dict[str, str] = {}
        index = partial(search_file, directory_urls=config.use_directory_urls)
        for item in self.editions.all:
            name, content = item.key, self.remember("search", item, index)
            self.indexes[name] = bundles.address(f"search-{name}.js", content)
            files.append(File.generated(config, self.indexes[name], content=content))

    def on_nav(self, nav: Navigation, config: MkDocsConfig, files: Files) -> Navigation:
        """Cut the links to the previous and next page where one guideline ends; prepare each one's navigation."""
        self.navigation = site_navigation.divided(nav, files, self.editions)
        return nav

    def on_page_markdown(self, markdown: str, /, *, page: MkDocsPage, config: MkDocsConfig, files: Files) -> None:
        """A theme prints titles and descriptions as HTML: here plain text becomes HTML that says the same."""
        if page.file.src_uri in {own.uri for own in self.generated} and page.file.generated_by:
            page.meta.update({key: escape(page.meta[key]) for key in ("title", "description") if key in page.meta})

    def on_env(self, env: Any, /, *, config: MkDocsConfig, files: Files) -> None:
        """Learn which inline scripts are the theme's own; tell templates the bundles; keep templates compiled."""
        env.globals["bundles"] = self.bundles
        self.in_language = {
            language: in_language.context(config, language, self.editions, self.indexes, self.config.names)
            for language in {item.meta.language for item in self.editions.all}
        }
        env.globals.update(self.in_language[self.editions.language])
        pages.keep_compiled(additions.template_cache(), env)
        self.theme_scripts = policy.ThemeScripts(policy.templates(config.theme.dirs))

    def on_template_context(
        self, context: TemplateContext, /, *, template_name: str, config: MkDocsConfig
    ) -> TemplateContext:
        """404.html lists the guidelines; without a known address of the site its links are relative to itself."""
        context["nav"] = self.navigation[self.editions.language]
        context["guidelines"] = self.metas  # type: ignore[typeddict-unknown-key]
        if template_name == offline.PAGE:
            shown = [item for item in self.editions.metas if item.language == self.editions.language]
            context.update(offline.for_template(template_name, "", shown, self.bundles, control=True))
        if not config.site_url:
            context["base_url"] = "."
        return context

    @event_priority(-100)
    def on_post_page(self, output: str, /, *, page: MkDocsPage, config: MkDocsConfig) -> str:
        """Every page carries the policy: last of all, when the page is as it will be written."""
        return self._guarded(output, page.file.src_uri, config)

    @event_priority(-100)
    def on_post_template(self, output_content: str, /, *, template_name: str, config: MkDocsConfig) -> str:
        """The same for pages that are no one's content, such as 404.html; other files are left alone."""
        if not template_name.endswith(".html"):
            return output_content
        return self._guarded(output_content, template_name, config)

    def _guarded(self, html: str, name: str, config: MkDocsConfig) -> str:
        # The local server adds a script to every page after this.
        directives = policy.CARRIED if self.config.carried else policy.DIRECTIVES
        done = policy.guard(html, self.theme_scripts, live_reload=additions.is_served(config), directives=directives)
        for script in done.refused:
            log.warning("%s: an inline script that is not the theme's will not run: %.60s", name, script.strip())
        return done.html

    def on_page_context(
        self, context: TemplateContext, /, *, page: MkDocsPage, config: MkDocsConfig, nav: Navigation
    ) -> TemplateContext:
        """A page shows the navigation of its own guideline only: its size does not grow with the site."""
        uri = page.file.src_uri
        edition, language = self.editions.at(uri), self.editions.language_of(uri)
        folder = edition.folder if edition else ""
        context.update(self.in_language[language])  # type: ignore[typeddict-item]
        context["nav"] = self.navigation.get(folder, self.navigation[language])
        told = edition or (self.guidelines[0] if len(self.guidelines) == 1 else None)
        card = told.meta.id if told else ""
        more: dict[str, Any] = {"edition": edition, "card": self.cards.get(card), "explanations": None}
        more["alternates"] = in_language.alternates(self.editions, files=self.files, page=page)
        if self.offline is True:
            key = edition.key if edition and edition.folder in self.navigation else ""
            title = "" if page.meta.get("board") else str(page.title)
            control = not title or uri == f"{folder}/about.md"
            shown = [item for item in self.editions.metas if item.language == language]
            more |= offline.for_template(page.url, key, shown, self.bundles, control=control, title=title)
            if control and edition is None:
                more["keep"]["guideline"] = self.editions.kept_from(language)
        more["explanations"] = self.explanations.get(folder)
        if self.manifest and edition and page.meta.get("interactive"):
            more["python"] = self._python(page, edition, self.manifest)
        context.update(more)  # type: ignore[typeddict-item]
        return context

    @event_priority(-100)
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """List what was written, after everything else has been."""
        parts = inventory.runtime_parts(self.manifest, RUNTIME_URI) if self.manifest else {}
        if self.offline is True:
            folders = {item.folder: item.key for item in self.editions.all}
            taken = inventory.take(Path(config.site_dir), self.editions.metas, parts, folders)
            taken.write(Path(config.site_dir))

    @property
    def metas(self) -> list[Metadata]:
        """What each guideline says of itself."""
        return [item.meta for item in self.guidelines]

    def _python(self, page: MkDocsPage, edition: Guideline, manifest: RuntimeManifest) -> dict[str, Any]:
        """What a page tells its scripts about Python: addresses from this page, and the hashes it vouches for."""

        def address(uri: str) -> str:
            return get_relative_url(uri, page.url)

        failures = for_failures(edition.meta.language, carried=self.config.carried)
        if self.config.carried:
            return self.carried.config([edition.meta.id], failures, lambda file: address(f"{CARRIED_URI}/{file.file}"))
        content = self.payloads[edition.folder].encode()
        worker, runtime = address(self.bundles["worker.js"]), address(f"{RUNTIME_URI}/{manifest.file}")
        return page_python.config(
            worker, runtime, manifest, failures, {edition.meta.id: (address(f"{edition.folder}/payload.json"), content)}
        )
