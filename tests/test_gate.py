from __future__ import annotations

import json
from pathlib import Path

import pytest

from framing.evaluate import gate
from framing.evaluate.gold import Figures

FLOORS = Path(__file__).with_name("gate_floors.json")
GOLD = Path(__file__).parents[2] / "shared" / "gold"


def figures(fired: int = 0, **values: float) -> Figures:
    return Figures(values=dict(values), fired=[f"row {k}" for k in range(fired)], forbidden=10)


def test_below() -> None:
    floors = {"hedge": 0.65, "booster": 0.55, "must not fire": 0}
    assert gate.below(figures(hedge=0.65, booster=0.9), floors) == []
    assert gate.below(figures(hedge=0.649, booster=0.9), floors) == ["hedge: 0.649 is below its floor 0.650"]
    assert gate.below(figures(hedge=0.7), floors) == ["booster: no such figure"]
    assert gate.below(figures(2, hedge=0.7, booster=0.7), floors) == ["must not fire: 2 fired, 0 allowed"]


def test_not_a_number_is_below() -> None:
    assert gate.below(figures(hedge=float("nan")), {"hedge": 0.5})


def test_raised_with_a_margin() -> None:
    assert gate.raised(figures(hedge=0.8), {"hedge": 0.65, "must not fire": 0}) == {"hedge": 0.79, "must not fire": 0}
    assert gate.raised(figures(hedge=0.8), {})["hedge"] == 0.79


def test_never_lowered() -> None:
    floors = {"hedge": 0.65, "aside": 0.5, "must not fire": 0}
    assert gate.raised(figures(3, hedge=0.2, aside=0.505), floors) == floors
    assert gate.raised(figures(0, hedge=0.2), {"hedge": 0.65, "must not fire": 4})["must not fire"] == 0


def test_skips_with_a_message(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert gate.main([str(tmp_path / "none"), "--floors", str(FLOORS)]) == 0
    assert "gate skipped: no gold annotation" in capsys.readouterr().out


@pytest.fixture
def pretend(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gate, "evaluate", lambda folder: figures(hedge=0.6, booster=0.8))


@pytest.mark.usefixtures("pretend")
def test_exit_codes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    floors = tmp_path / "floors.json"
    floors.write_text('{"hedge": 0.65}', "utf-8")
    assert gate.main([str(tmp_path), "--floors", str(floors)]) == 1
    assert "BELOW FLOOR  hedge" in capsys.readouterr().out
    floors.write_text('{"hedge": 0.55}', "utf-8")
    assert gate.main([str(tmp_path), "--floors", str(floors)]) == 0
    assert "all 1 floors held" in capsys.readouterr().out


@pytest.mark.usefixtures("pretend")
def test_update_writes_and_never_lowers(tmp_path: Path) -> None:
    floors = tmp_path / "floors.json"
    floors.write_text('{"hedge": 0.65, "booster": 0.55}', "utf-8")
    assert gate.main([str(tmp_path), "--floors", str(floors), "--update"]) == 0
    assert json.loads(floors.read_text("utf-8")) == {"hedge": 0.65, "booster": 0.79, "must not fire": 0}


def test_pinned_floors_are_sane() -> None:
    floors = json.loads(FLOORS.read_text("utf-8"))
    assert floors.pop("must not fire") == 0
    assert all(0 < floor <= 1 for floor in floors.values())
    assert {"attribution", "stance accuracy", "hedge", "booster", "loaded", "aside"} <= set(floors)
    assert {"voice per word", "alignment F1"} <= set(floors)


def test_pinned_floors_name_real_figures() -> None:
    if not GOLD.is_dir():
        pytest.skip("no gold annotation beside the checkout (../shared/gold)")
    found = gate.evaluate(GOLD)
    floors = json.loads(FLOORS.read_text("utf-8"))
    assert set(floors) - {"must not fire"} <= set(found.values)
