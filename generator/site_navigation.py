"""The site's navigation, cut into one for each guideline in each language: no page's size grows with the site."""

from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation, Section

from generator.additions import pages_of
from generator.languages import LanguageEditions


def divided(nav: Navigation, files: Files, editions: LanguageEditions) -> dict[str, Navigation]:
    """A navigation for each edition, by its folder, and for what belongs to none, by the language.

    It also dates each page, and cuts the links to the previous and next page where an edition ends.
    """
    every = [file.page for file in files.documentation_pages() if file.page]
    homes = {page.file.src_uri: page for page in every}
    found: dict[str, Navigation] = {}
    for item in nav.items:
        own = list(pages_of(item))
        edition = editions.at(own[0].file.src_uri) if own else None
        if isinstance(item, Section) and edition:
            own[0].previous_page = own[-1].next_page = None
            found[edition.folder] = Navigation(item.children, own)
            found[edition.folder].homepage = homes.get(editions.home(edition.meta.language), nav.homepage)
    # The date of the content, not of the build: a site built twice is the same to the byte.
    latest = max(item.meta.updated for item in editions.all)
    for page in every:
        edition = editions.at(page.file.src_uri)
        page.update_date = (edition.meta.updated if edition else latest).isoformat()
        if edition is None or edition.folder not in found:
            page.previous_page = page.next_page = None
    alone = [item for item in nav.items if not isinstance(item, Section)]
    for language in editions.languages:
        own = [item for item in alone for page in pages_of(item) if editions.language_of(page.file.src_uri) == language]
        found[language] = Navigation(own, nav.pages)
        found[language].homepage = homes.get(editions.home(language), nav.homepage)
    return found
