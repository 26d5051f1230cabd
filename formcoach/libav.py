"""PyAV, always imported after OpenCV: `from formcoach.libav import av`.

Both bring an X11 library of their own on Linux. Where PyAV's is loaded first, OpenCV's windows bind to
it and hang for ever on opening (PyAV's issues 978 and 1050, OpenCV's 29195).
"""

import cv2  # noqa: F401

import av  # isort: skip

__all__ = ["av"]
