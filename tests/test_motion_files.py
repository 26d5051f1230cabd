"""Landmarks and angles as files that other programs read."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest import approx

from formcoach.geometry import angle, slope
from formcoach.landmarks import INDEX, LANDMARKS
from formcoach.motion_files import joint_angles, landmark_columns, mot, table, trc

places = st.lists(st.tuples(st.integers(-50, 50), st.integers(-50, 50)), min_size=33, max_size=33).map(
    lambda found: np.array([found], float) / 10
)


def rows(text: str, header: int) -> list[list[str]]:
    return [line.split("\t") for line in text.splitlines()[header:]]


def still(t, x=1.0):
    """One landmark moves along x as given, the rest stay at 0."""
    world = np.zeros((len(t), 33, 3))
    world[:, INDEX["nose"], 0] = x
    return world


@given(places)
def test_angles_are_those_of_the_coach(xy):
    points = [tuple(one) for one in xy[0]]
    found = joint_angles(xy)
    for side in ("left", "right"):
        hip, knee, ankle = (points[INDEX[f"{side}_{part}"]] for part in ("hip", "knee", "ankle"))
        assert found[f"knee_{side}"][0] == approx(angle(hip, knee, ankle), abs=1e-6, nan_ok=True)
        shoulder = points[INDEX[f"{side}_shoulder"]]
        if shoulder != hip:
            assert found[f"trunk_{side}"][0] == approx(slope(hip, shoulder), abs=1e-6)


def test_a_trc_file_turns_the_axes_and_counts_from_one():
    t = np.array([5.0, 5.1, 5.2])
    world = still(t, x=[0.1, 0.2, 0.3])
    world[:, INDEX["left_hip"]] = (1.0, 2.0, 3.0)
    text = trc("a.trc", t, world)
    lines = text.splitlines()
    assert lines[0] == "PathFileType\t4\t(X/Y/Z)\ta.trc"
    assert lines[2].split("\t") == ["10", "10", "3", "33", "m", "10", "1", "3"]
    assert lines[3].split("\t")[2::3] == list(LANDMARKS)
    assert lines[5] == ""
    data = rows(text, 6)
    assert [row[0] for row in data] == ["1", "2", "3"]
    assert [float(row[1]) for row in data] == approx([0.0, 0.1, 0.2])
    assert [float(row[2]) for row in data] == approx([0.1, 0.2, 0.3])
    at = 2 + 3 * INDEX["left_hip"]
    assert list(map(float, data[0][at : at + 3])) == [1.0, -2.0, -3.0]
    assert {len(row) for row in data} == {2 + 99}


def test_uneven_samples_come_to_one_rate_and_gaps_stay_open():
    t = np.array([0.0, 0.1, 0.2, 0.35, 0.4, 1.4, 1.5])
    data = rows(trc("a.trc", t, still(t, x=t)), 6)
    times = np.array([float(row[1]) for row in data])
    x = np.array([float(row[2]) for row in data])
    assert times == approx(np.arange(16) / 10)
    inside = (times > 0.4) & (times < 1.4)
    assert np.isnan(x[inside]).all()
    assert x[~inside] == approx(times[~inside])


def test_what_is_not_seen_is_not_filled_in():
    t = np.arange(5) / 10
    knee = np.array([180.0, 170.0, np.nan, 150.0, 140.0])
    lines = mot("a", t, {"knee_left": knee}).splitlines()
    assert lines[:7] == [
        "a",
        "version=1",
        "nRows=5",
        "nColumns=2",
        "inDegrees=yes",
        "endheader",
        "time\tknee_left",
    ]
    assert [line.split("\t")[1] for line in lines[7:]] == [
        "180.000000",
        "170.000000",
        "NaN",
        "150.000000",
        "140.000000",
    ]


@pytest.mark.parametrize("count", [1, 2])
def test_the_shortest_recordings_have_rows_as_well(count):
    t = np.arange(count) / 30
    assert len(rows(trc("a.trc", t, still(t)), 6)) == count


def test_a_table_leaves_empty_what_is_not_seen():
    columns = {"t": np.array([0.0, 0.5]), "phase": ["start", ""], "knee": [float("nan"), 90.0]}
    assert table(columns).splitlines() == ["t,phase,knee", "0.0,start,", "0.5,,90.0"]
    names = landmark_columns(np.zeros((1, 33, 2)), np.zeros((1, 33)), np.zeros((1, 33, 3)))
    assert len(names) == 33 * 6
    assert len(landmark_columns(np.zeros((1, 33, 2)), np.zeros((1, 33)), None)) == 33 * 3


def test_opensim_reads_both(tmp_path):
    opensim = pytest.importorskip("opensim", reason="OpenSim is not installed: pip install opensim")
    t = np.arange(40) / 20
    world = still(t, x=t)
    world[7:9] = np.nan
    (tmp_path / "a.trc").write_text(trc("a.trc", t, world), "utf-8")
    markers = opensim.TimeSeriesTableVec3(str(tmp_path / "a.trc"))
    assert markers.getNumRows() == 40
    assert list(markers.getColumnLabels()) == list(LANDMARKS)
    assert markers.getTableMetaDataString("Units") == "m"
    nose = markers.getDependentColumn("nose")
    assert [nose[i][0] for i in (0, 10, 39)] == approx([0.0, 0.5, 1.95])
    assert np.isnan(nose[8][0])
    (tmp_path / "a.mot").write_text(mot("a", t, {"knee_left": 180 - t, "hip_left": 90 + t}), "utf-8")
    angles = opensim.TimeSeriesTable(str(tmp_path / "a.mot"))
    assert list(angles.getColumnLabels()) == ["knee_left", "hip_left"]
    assert angles.getDependentColumn("hip_left")[20] == approx(91.0)
    assert angles.getTableMetaDataString("inDegrees") == "yes"
