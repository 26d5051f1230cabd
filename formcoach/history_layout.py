"""How the history is laid out in its file, and how the file of an older version becomes one of this."""

from __future__ import annotations

from collections.abc import Sequence

APPLICATION = 0x66636831
"""SQLite's mark of the file: it is formcoach's history ("fch1")."""

_FIRST = """
CREATE TABLE facts (
    id INTEGER PRIMARY KEY,
    day TEXT NOT NULL,              -- as 2026-03-10
    what TEXT NOT NULL,             -- note (was read) | pain (was asked) | hurt
    pain INTEGER,                   -- the answer
    exercise TEXT NOT NULL DEFAULT ''
);
CREATE INDEX facts_by_day ON facts (day);
CREATE TABLE steps (
    id INTEGER PRIMARY KEY,
    day TEXT NOT NULL,
    routine TEXT NOT NULL,
    exercise TEXT NOT NULL,
    good INTEGER NOT NULL
);
CREATE TABLE sessions (
    id INTEGER PRIMARY KEY,
    day TEXT NOT NULL,
    began TEXT NOT NULL,            -- local time with its distance from UTC, ISO 8601
    routine TEXT NOT NULL,          -- its id, or empty for a single exercise
    state TEXT NOT NULL,            -- running | ended | hurt
    recording TEXT NOT NULL         -- the file, or empty
);
CREATE INDEX sessions_by_day ON sessions (day);
CREATE TABLE sets (
    id INTEGER PRIMARY KEY,
    session INTEGER NOT NULL REFERENCES sessions ON DELETE CASCADE,
    number INTEGER NOT NULL,        -- within the session, from 1
    exercise TEXT NOT NULL,
    name TEXT NOT NULL,
    timed INTEGER NOT NULL,         -- whether its dose has a hold in seconds
    duration_s REAL NOT NULL DEFAULT 0,
    good INTEGER                    -- in good form; unknown until the set has ended
);
CREATE INDEX sets_by_exercise ON sets (exercise);
CREATE INDEX sets_by_session ON sets (session);
CREATE TABLE repetitions (
    id INTEGER PRIMARY KEY,
    "set" INTEGER NOT NULL REFERENCES sets ON DELETE CASCADE,
    side TEXT NOT NULL,
    start_s REAL, turn_s REAL, end_s REAL,
    performed INTEGER NOT NULL,
    to_dose INTEGER NOT NULL,
    held_s REAL NOT NULL,
    kind TEXT NOT NULL,
    why_not TEXT NOT NULL
);
CREATE INDEX repetitions_by_set ON repetitions ("set");
CREATE TABLE holds (
    id INTEGER PRIMARY KEY,
    "set" INTEGER NOT NULL REFERENCES sets ON DELETE CASCADE,
    side TEXT NOT NULL,
    start_s REAL, end_s REAL,
    in_form_s REAL NOT NULL,
    to_dose INTEGER NOT NULL,
    why_not TEXT NOT NULL
);
CREATE INDEX holds_by_set ON holds ("set");
CREATE TABLE faults (
    id INTEGER PRIMARY KEY,
    "set" INTEGER NOT NULL REFERENCES sets ON DELETE CASCADE,
    kind TEXT NOT NULL,
    side TEXT NOT NULL,
    start_s REAL, end_s REAL,
    worst REAL
);
CREATE INDEX faults_by_set ON faults ("set");
CREATE TABLE cues (
    id INTEGER PRIMARY KEY,
    "set" INTEGER NOT NULL REFERENCES sets ON DELETE CASCADE,
    t_s REAL NOT NULL,
    severity TEXT NOT NULL,
    text TEXT NOT NULL
);
CREATE INDEX cues_by_set ON cues ("set")
"""

MIGRATIONS: tuple[Sequence[str], ...] = (_FIRST.split(";\n"),)
"""Statements that bring a file from one version to the next; their number is the version. Never
changed once released: a later version adds one."""
