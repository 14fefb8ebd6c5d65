"""What is offered as the id that was meant: a slip of the pen, and never another drug."""

import pytest

from generator.checks.ids import is_slip, nearest
from generator.syntax_hints import syntax_hint

SLIPS = ["samplumba", "samplumb", "samplumabb", "sampiumab", "samplumab", "smaplumab"]
OTHERS = {
    "prednisone": "prednisolone",
    "pamidronate": "zoledronate",
    "cefotaxime": "ceftazidime",
    "axitinib": "afatinib",
    "dosing/fictinib/dose": "dosing/samplumab/dose",
    "fictinib-dose": "samplumab-dose",
    "renal-rule/stop": "renal-rule/reduce",
    "samplumab": "samplumab-dose",
    "age-18": "age-17",
    "age-1": "age-18",
    "factor-vii": "factor-viii",
    "vitamin-a": "vitamin-b",
    "hbv": "hpv",
    "dose-5-mg": "dose-50-mg",
}


@pytest.mark.parametrize("name", SLIPS)
def test_one_slip_in_a_part_is_mended(name: str) -> None:
    """One sign too few, too many or other, or two exchanged, are a slip, in each part of a path by itself."""
    assert is_slip(f"dosing/{name}/dose", "dosing/samplumab/dose")
    assert nearest(f"doseing/{name}", ["dosing/samplumab"], "") == "Did you mean 'dosing/samplumab'?"


@pytest.mark.parametrize("name", OTHERS)
def test_another_name_is_never_offered(name: str) -> None:
    """What differs by a name, a number or an abbreviation is another record, whichever of the two was written."""
    other = OTHERS[name]
    assert not is_slip(name, other)
    assert not is_slip(other, name)
    assert nearest(name, [other], "Known: none") == "Known: none"


@pytest.mark.parametrize(("sign", "op"), [("<", "lt"), (">=", "ge"), ("≤", "le"), ("==", "eq")])
def test_a_sign_of_comparison_is_written_as_its_word(sign: str, op: str) -> None:
    """Whoever writes a sign behind 'op' is told the word for it, at the sign."""
    assert syntax_hint([f"{{op: {sign}, value: 1}}"], 1, 6) == (f"Write 'op: {op}'", 1, 6)


def test_a_text_over_several_lines_is_no_lost_quote() -> None:
    """A quote that is closed on a later line is not said to lack its partner; one that meets another text's is."""
    closed = ['a: "one', '  two"', "b: c", "d: e", "f: g"]
    assert syntax_hint(closed, 5, 1)[0] == ""
    lost = ['a: "one', "b: c", 'd: "e"', "f: g", "h: i"]
    assert syntax_hint(lost, 3, 6) == ("Line 1 has an opening quote without its partner", 1, 4)
