"""The exercises by name: clean postures as real people take them, and the faults that make them wrong."""

from __future__ import annotations

from puppet.bird_dogs import BIRD_DOG_FAULTS, perform_bird_dog
from puppet.cat_cows import CAT_COW_FAULTS, perform_cat_cow
from puppet.deadlifts import DEADLIFT_FAULTS, perform_deadlift
from puppet.exercise import Exercise
from puppet.hinges import HINGE_FAULTS, ROMANIAN_FAULTS, perform_hinge, perform_romanian
from puppet.planks import FOREARM_PLANK_FAULTS, PLANK_FAULTS, perform_forearm_plank, perform_plank
from puppet.side_planks import SIDE_PLANK_FAULTS, perform_side_plank
from puppet.thoracic_twists import THORACIC_TWIST_FAULTS, perform_thoracic_twist
from puppet.turns import (
    BAND_ROTATION_FAULTS,
    SEATED_TWIST_FAULTS,
    perform_band_rotation,
    perform_seated_twist,
)

EXERCISES: dict[str, Exercise] = {
    "plank": Exercise(perform_plank, PLANK_FAULTS, low=True, width=2.1),
    "forearm-plank": Exercise(perform_forearm_plank, FOREARM_PLANK_FAULTS, low=True, width=2.1),
    "side-plank": Exercise(perform_side_plank, SIDE_PLANK_FAULTS, low=True, width=2.4, yaw=90.0),
    "seated-spinal-twist": Exercise(perform_seated_twist, SEATED_TWIST_FAULTS, low=True, width=2.0, yaw=80.0),
    "band-rotation": Exercise(perform_band_rotation, BAND_ROTATION_FAULTS, low=False, width=1.8, yaw=90.0),
    "thoracic-twist": Exercise(perform_thoracic_twist, THORACIC_TWIST_FAULTS, low=True, width=2.0),
    "hip-hinge": Exercise(perform_hinge, HINGE_FAULTS, low=False, width=1.4),
    "romanian-deadlift": Exercise(perform_romanian, ROMANIAN_FAULTS, low=False, width=1.4, dumbbells=True),
    "deadlift": Exercise(perform_deadlift, DEADLIFT_FAULTS, low=False, width=1.4, dumbbells=True),
    "bird-dog": Exercise(perform_bird_dog, BIRD_DOG_FAULTS, low=True, width=2.4),
    "cat-cow": Exercise(perform_cat_cow, CAT_COW_FAULTS, low=True, width=2.0),
}
