"""The differences of two editions in the words of the site, those of doses and thresholds first."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from generator import addresses, text
from generator.editions.compare import Act, Difference, differences
from generator.editions.fields import Record, fields_of, is_record, read
from generator.editions.marks import FIRST, Mark, Numbers, cell_path, mark
from generator.editions.pieces import Piece, pieces, pieces_of_lists
from generator.editions.say import Speaker
from generator.models.base import Located
from generator.models.guideline import Guideline, Metadata
from generator.models.quantity import Quantity
from generator.models.table import Cell
from generator.words import for_changes

AREAS = (
    *("statements", "tables", "calculators", "pathways", "drugs", "caveats", "sections", "glossary", "references"),
    *("meta", "teaching", "search", "overlays", "coverage"),
)
"""The parts of a guideline, in the order in which their changes are told."""

BEFORE_AND_AFTER = FIRST[: FIRST.index("number")]
"""The marks of what is always shown whole, before and after, and never as one text with both in it."""


@dataclass(frozen=True, slots=True)
class Change:
    """One change.

    Attributes:
        act: what was done.
        mark: why it matters most; empty when nothing says so.
        area: the part of the guideline, a field of it.
        path: where it is in the data, for machines.
        place: where it is, in words from the whole to the part.
        label: what changed there; empty when it is the whole.
        was: the old value in words; empty for what was added.
        now: the new value in words; empty for what was removed.
        pieces: the two values as one text, where they read better so.
        around: the text in which a changed number stands, the old and the new one as one.
        lines: what an added or removed record holds, each with its label.
        used_by: who else uses the number that changed.
        address: where it stands on the site; empty when it stands nowhere.
    """

    act: Act
    mark: Mark
    area: str
    path: str
    place: tuple[str, ...]
    label: str = ""
    was: str = ""
    now: str = ""
    pieces: tuple[Piece, ...] = ()
    around: tuple[Piece, ...] = ()
    lines: tuple[tuple[str, str], ...] = ()
    used_by: tuple[str, ...] = ()
    address: str = ""


@dataclass(frozen=True, slots=True)
class Telling:
    """What changed between two editions.

    Attributes:
        old: what the old edition says of itself.
        new: what the new edition says of itself.
        changes: the changes, doses and thresholds first.
    """

    old: Metadata
    new: Metadata
    changes: tuple[Change, ...]

    @property
    def first(self) -> tuple[Change, ...]:
        """The changes of doses, thresholds, limits, formulas and numbers."""
        return tuple(item for item in self.changes if item.mark in FIRST)

    def groups(self) -> Iterator[tuple[str, tuple[Change, ...]]]:
        """The changes under their headings, `first` or `area_…`, in the order of telling."""
        if self.first:
            yield "first", self.first
        for area in AREAS:
            rest = tuple(item for item in self.changes if item.area == area and item.mark not in FIRST)
            if rest:
                yield f"area_{area}", rest


def tell(old: Guideline, new: Guideline) -> Telling:
    """What changed, in the language of the new edition."""
    teller = _Teller(old, new)
    told = [teller.change(item) for item in differences(old, new)]
    order = {name: place for place, name in enumerate((*FIRST, "grade", "branch", ""))}
    urgent = [item for item in told if item.mark in FIRST]
    rest = [item for item in told if item.mark not in FIRST]
    urgent.sort(key=lambda item: (order[item.mark], AREAS.index(item.area)))
    rest.sort(key=lambda item: (AREAS.index(item.area), order[item.mark]))
    return Telling(old.meta, new.meta, (*urgent, *rest))


class _Teller:
    """Says differences; each side is said by its own edition, since the same id may mean another thing there."""

    def __init__(self, old: Guideline, new: Guideline) -> None:
        language = new.meta.language
        self.words = for_changes(language)
        self.old, self.new = Speaker(old, language), Speaker(new, language)
        self.numbers = Numbers.of(old, new)

    def change(self, found: Difference) -> Change:
        """A difference in words."""
        before, after = _chain(found, new=False), _chain(found, new=True)
        place, label = self._place(found)
        told: dict[str, Any] = {}
        if found.act == "moved":
            told["was"], told["now"] = self._moved(found, before, after)
        elif found.act == "changed":
            told = self._changed(found, before, after)
        else:
            side = self.new if found.act == "added" else self.old
            record, chain = (found.new, after) if found.act == "added" else (found.old, before)
            if is_record(record):
                told["lines"] = tuple(_contents(side, chain, record))
            else:
                told["now" if found.act == "added" else "was"] = side.say(chain, "", record)
        weight = mark(found, self.numbers)
        if weight in BEFORE_AND_AFTER:
            told.pop("pieces", None)
        return Change(
            act=found.act,
            mark=weight,
            area=found.steps[0].name,
            path=found.path,
            place=place,
            label=label,
            used_by=tuple(self._used_by(found)) if isinstance(found.new or found.old, Quantity) else (),
            address=self._address(found),
            **told,
        )

    def _changed(self, found: Difference, before: Sequence[Any], after: Sequence[Any]) -> dict[str, Any]:
        was, now = self.old.say(before, found.field, found.old), self.new.say(after, found.field, found.new)
        if was == now:  # said alike, and yet not the same
            was, now = self.old.raw(found.old), self.new.raw(found.new)
        told: dict[str, Any] = {"was": was, "now": now}
        if owner := _with_text(after):
            full = self.old.say([*before, _with_text(before)], "text", _with_text(before).text)
            told["around"] = pieces(full, self.new.say([*after, owner], "text", owner.text))
        elif isinstance(found.old, tuple) and isinstance(found.new, tuple) and found.old and found.new:
            lists = self.old.items(before, found.field, found.old), self.new.items(after, found.field, found.new)
            told["pieces"] = pieces_of_lists(*lists, self.new.words["semicolon"])
        elif self.old.is_prose(was, found.old, before) and self.new.is_prose(now, found.new, after):
            told["pieces"] = pieces(was, now)
        return told

    def _moved(self, found: Difference, before: Sequence[Any], after: Sequence[Any]) -> tuple[str, str]:
        if found.field:
            return self.old.say(before, found.field, found.old), self.new.say(after, found.field, found.new)
        if found.old is not None:  # from one group to another
            was, now = self.old.title([found.old], ""), self.new.title([found.new], "")
            return was, self.words["moved_to"].format(name=now)
        if found.new is None:
            return "", self.words["moved_first"]
        title = self.new.title([*after[:-1], found.new], getattr(found.new, "id", ""))
        return "", self.words["moved_after"].format(name=title)

    def _place(self, found: Difference) -> tuple[tuple[str, ...], str]:
        """Where it is, in words, and what changed there."""
        names: list[str] = []
        chain: list[Any] = []
        side, label = self.new, ""
        for step in found.steps:
            record = step.new if step.new is not None else step.old
            side = self.new if step.new is not None else self.old
            kind = type(chain[-1]) if chain else Guideline
            chain.append(record)
            if isinstance(record, Quantity) or not step.key:
                label = " ".join(part for part in (side.label(kind, step.name), step.key) if part)
                names += [label] if chain[:-1] and not isinstance(record, Quantity) else []
            else:
                names.append(side.title(chain, step.key))
        if found.field:
            label = side.label(type(chain[-1]), found.field)
        elif not isinstance(chain[-1], Quantity):
            label = ""
        return tuple(names), label

    def _address(self, found: Difference) -> str:
        """Where the nearest thing of the new edition stands on the site."""
        known, first = self.new.guideline, found.steps[0]
        if first.new is None or first.name in ("search", "overlays", "coverage"):
            return ""
        inner = next((step for step in reversed(found.steps[1:]) if step.name in ("rows", "nodes") and step.new), None)
        match first.name:
            case "statements":
                return addresses.statement(known, first.key)
            case "tables":
                return addresses.table_row(f"{first.key}/{inner.key}") if inner else f"tables/{first.key}/"
            case "calculators":
                return f"calculators/{first.key}/" + (f"#row-{inner.key}" if inner else "")
            case "pathways":
                return f"pathways/{first.key}/" + (f"#node-{inner.key}" if inner else "")
            case "references":
                return f"references/#ref-{first.key}"
            case "teaching":
                return "teaching/"
            case "meta":
                return "about/"
        one = {"caveats": addresses.caveat, "drugs": addresses.drug, "glossary": addresses.term}
        return one[first.name](first.key) if first.name in one else addresses.section(known, first.key)

    def _used_by(self, found: Difference) -> Iterator[str]:
        """Rows, branches and texts that print or compare the number of a difference, beside its own place."""
        path = cell_path(found)
        side = self.old if found.new is None else self.new
        for calculator in side.guideline.calculators if path else ():
            for row in (row for group in calculator.groups for row in group.rows if _names(row, path)):
                yield f"{calculator.title} › {row.label}"
        for pathway in side.guideline.pathways if path else ():
            for option in (option for node in pathway.nodes for option in node.options if _names(option, path)):
                yield f"{pathway.title} › {option.label}"
        for statement in side.guideline.statements if path.count("/") > 1 else ():
            if path in text.placeholders(statement.text):
                yield text.statement_title(side.guideline, statement)


def _chain(found: Difference, *, new: bool) -> list[Any]:
    """The records of one edition from the guideline down to the difference; the other's where it has none."""
    own = [(step.new, step.old) if new else (step.old, step.new) for step in found.steps]
    return [first if first is not None else second for first, second in own]


def _with_text(chain: Sequence[Any]) -> Any:
    """The record whose text prints the number at the end of a chain; None when it is a cell's own."""
    holder = chain[-2] if len(chain) > 1 and isinstance(chain[-1], Quantity) else None
    return holder if getattr(holder, "text", None) and not isinstance(holder, Cell) else None


def _names(record: Located, path: str) -> bool:
    """Whether a row or a branch names the path of a number."""
    return any(
        path == getattr(part, name, None)
        for part in record.inside()
        for name in ("cell", "value", "listed")
    )  # fmt: skip


def _contents(side: Speaker, chain: Sequence[Any], record: Record, lead: str = "") -> Iterator[tuple[str, str]]:
    """Everything that a record holds: a label and what stands there, in the order of its fields."""
    for name, default in fields_of(type(record)).items():
        value = read(record, name)
        label = " › ".join(part for part in (lead, side.label(type(record), name)) if part)
        if value in (None, (), {}) or name == "id" or (value == default and not is_record(value)):
            continue
        if is_record(value):
            yield from _contents(side, [*chain, value], value, label)
        elif isinstance(value, tuple) and is_record(value[0]):
            for item in value:
                inner = [*chain, item]
                yield from _contents(side, inner, item, _under(lead, side.title(inner, getattr(item, "id", ""))))
        elif isinstance(value, dict) and any(is_record(item) for item in value.values()):
            for key, item in value.items():
                inner = [*chain, item]
                yield from _contents(side, inner, item, _under(lead, side.title(inner, key)))
        else:
            yield label, side.say(chain, name, value)


def _under(lead: str, title: str) -> str:
    return f"{lead} › {title}" if lead else title
