"""The exercises by name: clean postures as real people take them, and the faults that make them wrong."""

from __future__ import annotations

from puppet.bird_dogs import BIRD_DOG_FAULTS, perform_bird_dog
from puppet.bridges import BRIDGE_FAULTS, perform_bridge
from puppet.cat_cows import CAT_COW_FAULTS, perform_cat_cow
from puppet.curl_ups import (
    PARTIAL_CRUNCH_FAULTS,
    ROLL_UP_FAULTS,
    SIT_UP_FAULTS,
    perform_partial_crunch,
    perform_roll_up,
    perform_sit_up,
)
from puppet.deadlifts import DEADLIFT_FAULTS, perform_deadlift
from puppet.exercise import Exercise
from puppet.hinges import HINGE_FAULTS, ROMANIAN_FAULTS, perform_hinge, perform_romanian
from puppet.leg_lifts import (
    KICK_FAULTS,
    KNEES_TO_CHEST_FAULTS,
    STRAIGHT_LEG_RAISE_FAULTS,
    perform_kicks,
    perform_knees_to_chest,
    perform_straight_leg_raise,
)
from puppet.planks import FOREARM_PLANK_FAULTS, PLANK_FAULTS, perform_forearm_plank, perform_plank

EXERCISES: dict[str, Exercise] = {
    "plank": Exercise(perform_plank, PLANK_FAULTS, low=True, width=2.1),
    "forearm-plank": Exercise(perform_forearm_plank, FOREARM_PLANK_FAULTS, low=True, width=2.1),
    "hip-hinge": Exercise(perform_hinge, HINGE_FAULTS, low=False, width=1.4),
    "romanian-deadlift": Exercise(perform_romanian, ROMANIAN_FAULTS, low=False, width=1.4, dumbbells=True),
    "deadlift": Exercise(perform_deadlift, DEADLIFT_FAULTS, low=False, width=1.4, dumbbells=True),
    "bird-dog": Exercise(perform_bird_dog, BIRD_DOG_FAULTS, low=True, width=2.4),
    "cat-cow": Exercise(perform_cat_cow, CAT_COW_FAULTS, low=True, width=2.0),
    "bridge": Exercise(perform_bridge, BRIDGE_FAULTS, low=False, width=2.0),
    "partial-crunch": Exercise(perform_partial_crunch, PARTIAL_CRUNCH_FAULTS, low=False, width=2.0),
    "sit-up": Exercise(perform_sit_up, SIT_UP_FAULTS, low=False, width=2.1),
    "roll-up": Exercise(perform_roll_up, ROLL_UP_FAULTS, low=False, width=2.3),
    "knees-to-chest": Exercise(perform_knees_to_chest, KNEES_TO_CHEST_FAULTS, low=False, width=2.0),
    "straight-leg-raise": Exercise(
        perform_straight_leg_raise, STRAIGHT_LEG_RAISE_FAULTS, low=False, width=2.2
    ),
    "knee-to-chest-kicks": Exercise(perform_kicks, KICK_FAULTS, low=False, width=2.2),
}
