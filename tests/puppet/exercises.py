"""The exercises by name: clean postures as real people take them, and the faults that make them wrong."""

from __future__ import annotations

from puppet.bird_dogs import BIRD_DOG_FAULTS, perform_bird_dog
from puppet.cat_cows import CAT_COW_FAULTS, perform_cat_cow
from puppet.deadlifts import DEADLIFT_FAULTS, perform_deadlift
from puppet.exercise import Exercise
from puppet.face_down import (
    perform_alternating_superman,
    perform_hyperextension,
    perform_press_up,
    perform_superman,
)
from puppet.hinges import HINGE_FAULTS, ROMANIAN_FAULTS, perform_hinge, perform_romanian
from puppet.planks import FOREARM_PLANK_FAULTS, PLANK_FAULTS, perform_forearm_plank, perform_plank
from puppet.prone import ALTERNATING_FAULTS, CHEST_LIFT_FAULTS, PRESS_UP_FAULTS, SUPERMAN_FAULTS
from puppet.push_ups import PUSH_UP_FAULTS, perform_push_up

EXERCISES: dict[str, Exercise] = {
    "plank": Exercise(perform_plank, PLANK_FAULTS, low=True, width=2.1),
    "forearm-plank": Exercise(perform_forearm_plank, FOREARM_PLANK_FAULTS, low=True, width=2.1),
    "hip-hinge": Exercise(perform_hinge, HINGE_FAULTS, low=False, width=1.4),
    "romanian-deadlift": Exercise(perform_romanian, ROMANIAN_FAULTS, low=False, width=1.4, dumbbells=True),
    "deadlift": Exercise(perform_deadlift, DEADLIFT_FAULTS, low=False, width=1.4, dumbbells=True),
    "bird-dog": Exercise(perform_bird_dog, BIRD_DOG_FAULTS, low=True, width=2.4),
    "cat-cow": Exercise(perform_cat_cow, CAT_COW_FAULTS, low=True, width=2.0),
    "push-up": Exercise(perform_push_up, PUSH_UP_FAULTS, low=True, width=2.1),
    "superman": Exercise(perform_superman, SUPERMAN_FAULTS, low=True, width=2.6),
    "alternating-superman": Exercise(perform_alternating_superman, ALTERNATING_FAULTS, low=True, width=2.6),
    "hyperextension": Exercise(perform_hyperextension, CHEST_LIFT_FAULTS, low=True, width=2.4),
    "back-extension-push-up": Exercise(perform_press_up, PRESS_UP_FAULTS, low=True, width=2.4),
}
