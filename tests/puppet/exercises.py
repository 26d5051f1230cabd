"""The exercises by name: clean postures as real people take them, and the faults that make them wrong."""

from __future__ import annotations

from puppet.ankle_pumps import ANKLE_PUMP_FAULTS, perform_ankle_pump
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
from puppet.face_down import (
    perform_alternating_superman,
    perform_hyperextension,
    perform_on_elbows,
    perform_press_up,
    perform_superman,
)
from puppet.guided import CONTRACTION_FAULTS, DRAW_IN_FAULTS, perform_contraction, perform_draw_in
from puppet.hamstring_stretches import HAMSTRING_FAULTS, perform_hamstring_stretch
from puppet.hinges import (
    HINGE_FAULTS,
    ROMANIAN_FAULTS,
    SUPPORTED_FAULTS,
    perform_hinge,
    perform_romanian,
    perform_supported_hinge,
)
from puppet.knee_rolls import KNEE_ROLL_FAULTS, perform_knee_rolls
from puppet.leg_lifts import (
    KICK_FAULTS,
    KNEES_TO_CHEST_FAULTS,
    STRAIGHT_LEG_RAISE_FAULTS,
    perform_kicks,
    perform_knees_to_chest,
    perform_straight_leg_raise,
)
from puppet.leg_twists import LEG_TWIST_FAULTS, perform_leg_twist
from puppet.lunges import LUNGE_FAULTS, STRETCH_FAULTS, perform_hip_flexor_stretch, perform_lunge
from puppet.on_the_spot import (
    BALL_FAULTS,
    HEEL_RAISE_FAULTS,
    MARCH_FAULTS,
    perform_ball_march,
    perform_heel_raise,
    perform_march,
)
from puppet.piriformis_stretches import PIRIFORMIS_FAULTS, perform_piriformis_stretch
from puppet.planks import FOREARM_PLANK_FAULTS, PLANK_FAULTS, perform_forearm_plank, perform_plank
from puppet.prone import (
    ALTERNATING_FAULTS,
    CHEST_LIFT_FAULTS,
    ON_ELBOWS_FAULTS,
    PRESS_UP_FAULTS,
    SUPERMAN_FAULTS,
)
from puppet.push_ups import PUSH_UP_FAULTS, perform_push_up
from puppet.rows import ROW_FAULTS, perform_row
from puppet.side_planks import (
    ON_KNEES_FAULTS,
    SIDE_PLANK_FAULTS,
    perform_side_plank,
    perform_side_plank_on_knees,
)
from puppet.squats import (
    SQUAT_FAULTS,
    WALL_SQUAT_FAULTS,
    WITH_DUMBBELLS_FAULTS,
    perform_squat,
    perform_squat_with_dumbbells,
    perform_wall_squat,
)
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
    "side-plank-knees-bent": Exercise(
        perform_side_plank_on_knees, ON_KNEES_FAULTS, low=True, width=2.4, yaw=90.0
    ),
    "seated-spinal-twist": Exercise(perform_seated_twist, SEATED_TWIST_FAULTS, low=True, width=2.0, yaw=80.0),
    "band-rotation": Exercise(perform_band_rotation, BAND_ROTATION_FAULTS, low=False, width=1.8, yaw=90.0),
    "thoracic-twist": Exercise(perform_thoracic_twist, THORACIC_TWIST_FAULTS, low=True, width=2.0),
    "hip-hinge": Exercise(perform_hinge, HINGE_FAULTS, low=False, width=1.4),
    "hip-hinge-with-table": Exercise(perform_supported_hinge, SUPPORTED_FAULTS, low=False, width=1.8),
    "romanian-deadlift": Exercise(perform_romanian, ROMANIAN_FAULTS, low=False, width=1.4, dumbbells=True),
    "deadlift": Exercise(perform_deadlift, DEADLIFT_FAULTS, low=False, width=1.4, dumbbells=True),
    "bird-dog": Exercise(perform_bird_dog, BIRD_DOG_FAULTS, low=True, width=2.4),
    "abdominal-draw-in": Exercise(perform_draw_in, DRAW_IN_FAULTS, low=True, width=2.0),
    "abdominal-contraction": Exercise(perform_contraction, CONTRACTION_FAULTS, low=False, width=2.4),
    "ankle-pump": Exercise(perform_ankle_pump, ANKLE_PUMP_FAULTS, low=False, width=2.4),
    "hamstring-stretch": Exercise(perform_hamstring_stretch, HAMSTRING_FAULTS, low=False, width=2.4),
    "cat-cow": Exercise(perform_cat_cow, CAT_COW_FAULTS, low=True, width=2.0),
    "push-up": Exercise(perform_push_up, PUSH_UP_FAULTS, low=True, width=2.1),
    "superman": Exercise(perform_superman, SUPERMAN_FAULTS, low=True, width=2.6),
    "alternating-superman": Exercise(perform_alternating_superman, ALTERNATING_FAULTS, low=True, width=2.6),
    "hyperextension": Exercise(perform_hyperextension, CHEST_LIFT_FAULTS, low=True, width=2.4),
    "back-extension-push-up": Exercise(perform_press_up, PRESS_UP_FAULTS, low=True, width=2.4),
    "back-extension-on-elbows": Exercise(perform_on_elbows, ON_ELBOWS_FAULTS, low=True, width=2.4),
    "bridge": Exercise(perform_bridge, BRIDGE_FAULTS, low=False, width=2.0),
    "partial-crunch": Exercise(perform_partial_crunch, PARTIAL_CRUNCH_FAULTS, low=False, width=2.0),
    "sit-up": Exercise(perform_sit_up, SIT_UP_FAULTS, low=False, width=2.1),
    "roll-up": Exercise(perform_roll_up, ROLL_UP_FAULTS, low=False, width=2.3),
    "knees-to-chest": Exercise(perform_knees_to_chest, KNEES_TO_CHEST_FAULTS, low=False, width=2.0),
    "straight-leg-raise": Exercise(
        perform_straight_leg_raise, STRAIGHT_LEG_RAISE_FAULTS, low=False, width=2.2
    ),
    "knee-to-chest-kicks": Exercise(perform_kicks, KICK_FAULTS, low=False, width=2.2),
    "leg-twist": Exercise(perform_leg_twist, LEG_TWIST_FAULTS, low=False, width=4.0),
    "piriformis-stretch": Exercise(
        perform_piriformis_stretch, PIRIFORMIS_FAULTS, low=False, width=2.2, yaw=25.0
    ),
    "knee-rolls": Exercise(perform_knee_rolls, KNEE_ROLL_FAULTS, low=False, width=2.4),
    "squat": Exercise(perform_squat, SQUAT_FAULTS, low=False, width=1.5),
    "squat-with-dumbbells": Exercise(
        perform_squat_with_dumbbells, WITH_DUMBBELLS_FAULTS, low=False, width=1.5, dumbbells=True
    ),
    "wall-squat": Exercise(perform_wall_squat, WALL_SQUAT_FAULTS, low=False, width=1.6),
    "bent-over-row": Exercise(perform_row, ROW_FAULTS, low=False, width=1.6, dumbbells=True),
    "lunge": Exercise(perform_lunge, LUNGE_FAULTS, low=False, width=2.0),
    "heel-raise": Exercise(perform_heel_raise, HEEL_RAISE_FAULTS, low=False, width=1.2),
    "hip-flexor-stretch": Exercise(perform_hip_flexor_stretch, STRETCH_FAULTS, low=False, width=1.8),
    "warm-up-march": Exercise(perform_march, MARCH_FAULTS, low=False, width=1.3),
    "swiss-ball-march": Exercise(perform_ball_march, BALL_FAULTS, low=False, width=1.4),
}
