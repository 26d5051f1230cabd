"""formcoach watches an exercise through a camera and says the one correction that matters now.

The way of a picture through the package:

    camera -> pose -> measures -> phases -> checks -> cues -> overlay, recording, report

`coach.Coach.step` is the middle of it (measures to cues): the same samples give the same answers,
whether they come from a webcam, a video file or a recorded session.
"""

__version__ = "0.1.0"
