"""The navigation of a guideline, as mkdocs takes it: its own pages, and a group for those that name one."""

from typing import Any

from markupsafe import escape

from generator.models.guideline import Guideline
from generator.pages import Page


def entries(guideline: Guideline, own: tuple[Page, ...]) -> dict[str, Any]:
    """One entry for the site's navigation; titles are HTML there."""
    listed: list[dict[str, Any]] = []
    groups: dict[str, list[dict[str, str]]] = {}
    for page in own:
        if not page.group:
            listed.append({escape(page.title): page.uri})
            continue
        if page.group not in groups:
            groups[page.group] = []
            listed.append({page.group: groups[page.group]})
        groups[page.group].append({escape(page.title): page.uri})
    return {escape(guideline.meta.short_title): listed}
