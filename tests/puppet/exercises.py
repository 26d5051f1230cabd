"""The exercises by name: clean postures as real people take them, and the faults that make them wrong."""

from __future__ import annotations

from puppet.ankle_pumps import ANKLE_PUMP_FAULTS, perform_ankle_pump
from puppet.bird_dogs import BIRD_DOG_FAULTS, perform_bird_dog
from puppet.cat_cows import CAT_COW_FAULTS, perform_cat_cow
from puppet.deadlifts import DEADLIFT_FAULTS, perform_deadlift
from puppet.exercise import Exercise
from puppet.guided import CONTRACTION_FAULTS, DRAW_IN_FAULTS, perform_contraction, perform_draw_in
from puppet.hamstring_stretches import HAMSTRING_FAULTS, perform_hamstring_stretch
from puppet.hinges import HINGE_FAULTS, ROMANIAN_FAULTS, perform_hinge, perform_romanian
from puppet.planks import FOREARM_PLANK_FAULTS, PLANK_FAULTS, perform_forearm_plank, perform_plank

EXERCISES: dict[str, Exercise] = {
    "plank": Exercise(perform_plank, PLANK_FAULTS, low=True, width=2.1),
    "forearm-plank": Exercise(perform_forearm_plank, FOREARM_PLANK_FAULTS, low=True, width=2.1),
    "hip-hinge": Exercise(perform_hinge, HINGE_FAULTS, low=False, width=1.4),
    "romanian-deadlift": Exercise(perform_romanian, ROMANIAN_FAULTS, low=False, width=1.4, dumbbells=True),
    "deadlift": Exercise(perform_deadlift, DEADLIFT_FAULTS, low=False, width=1.4, dumbbells=True),
    "bird-dog": Exercise(perform_bird_dog, BIRD_DOG_FAULTS, low=True, width=2.4),
    "abdominal-draw-in": Exercise(perform_draw_in, DRAW_IN_FAULTS, low=True, width=2.0),
    "abdominal-contraction": Exercise(perform_contraction, CONTRACTION_FAULTS, low=False, width=2.4),
    "ankle-pump": Exercise(perform_ankle_pump, ANKLE_PUMP_FAULTS, low=False, width=2.4),
    "hamstring-stretch": Exercise(perform_hamstring_stretch, HAMSTRING_FAULTS, low=False, width=2.4),
    "cat-cow": Exercise(perform_cat_cow, CAT_COW_FAULTS, low=True, width=2.0),
}
