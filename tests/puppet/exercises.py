"""The exercises by name: clean postures as real people take them, and the faults that make them wrong."""

from __future__ import annotations

from puppet.bird_dogs import BIRD_DOG_FAULTS, perform_bird_dog
from puppet.cat_cows import CAT_COW_FAULTS, perform_cat_cow
from puppet.deadlifts import DEADLIFT_FAULTS, perform_deadlift
from puppet.exercise import Exercise
from puppet.hinges import HINGE_FAULTS, ROMANIAN_FAULTS, perform_hinge, perform_romanian
from puppet.lunges import LUNGE_FAULTS, STRETCH_FAULTS, perform_hip_flexor_stretch, perform_lunge
from puppet.on_the_spot import (
    BALL_FAULTS,
    HEEL_RAISE_FAULTS,
    MARCH_FAULTS,
    perform_ball_march,
    perform_heel_raise,
    perform_march,
)
from puppet.planks import FOREARM_PLANK_FAULTS, PLANK_FAULTS, perform_forearm_plank, perform_plank
from puppet.rows import ROW_FAULTS, perform_row
from puppet.squats import SQUAT_FAULTS, WALL_SQUAT_FAULTS, perform_squat, perform_wall_squat

EXERCISES: dict[str, Exercise] = {
    "plank": Exercise(perform_plank, PLANK_FAULTS, low=True, width=2.1),
    "forearm-plank": Exercise(perform_forearm_plank, FOREARM_PLANK_FAULTS, low=True, width=2.1),
    "hip-hinge": Exercise(perform_hinge, HINGE_FAULTS, low=False, width=1.4),
    "romanian-deadlift": Exercise(perform_romanian, ROMANIAN_FAULTS, low=False, width=1.4, dumbbells=True),
    "deadlift": Exercise(perform_deadlift, DEADLIFT_FAULTS, low=False, width=1.4, dumbbells=True),
    "bird-dog": Exercise(perform_bird_dog, BIRD_DOG_FAULTS, low=True, width=2.4),
    "cat-cow": Exercise(perform_cat_cow, CAT_COW_FAULTS, low=True, width=2.0),
    "squat": Exercise(perform_squat, SQUAT_FAULTS, low=False, width=1.5),
    "wall-squat": Exercise(perform_wall_squat, WALL_SQUAT_FAULTS, low=False, width=1.6),
    "bent-over-row": Exercise(perform_row, ROW_FAULTS, low=False, width=1.6, dumbbells=True),
    "lunge": Exercise(perform_lunge, LUNGE_FAULTS, low=False, width=2.0),
    "heel-raise": Exercise(perform_heel_raise, HEEL_RAISE_FAULTS, low=False, width=1.2),
    "hip-flexor-stretch": Exercise(perform_hip_flexor_stretch, STRETCH_FAULTS, low=False, width=1.8),
    "warm-up-march": Exercise(perform_march, MARCH_FAULTS, low=False, width=1.3),
    "swiss-ball-march": Exercise(perform_ball_march, BALL_FAULTS, low=False, width=1.4),
}
