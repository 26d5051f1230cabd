"""A line of small print at the bottom of a picture, for people who look into how fast it is."""

from __future__ import annotations

import cv2

from formcoach.frame import Image
from formcoach.overlay.palette import INK, PLATE


def footnote(image: Image, text: str) -> None:
    """Write a line at the bottom left, on a plate of its own."""
    height = image.shape[0]
    scale = max(0.4, height / 1440)
    (width, tall), below = cv2.getTextSize(text, cv2.FONT_HERSHEY_SIMPLEX, scale, 1)
    top = height - tall - below - 8
    cv2.rectangle(image, (0, top), (width + 12, height), PLATE, -1)
    cv2.putText(image, text, (6, height - below - 4), cv2.FONT_HERSHEY_SIMPLEX, scale, INK, 1, cv2.LINE_AA)
