"""Faces go by their English names, whatever language the machine speaks."""

from __future__ import annotations

import os


def name_faces_in_english() -> None:
    """Let fontconfig name faces, and choose one for a character that the design's have not, as if in English.

    In a Chinese environment LXGW WenKai would be 霞鹜文楷: other bytes, and chapters that were kept under the other
    name would not fit. Has to be said before the engine asks for the first face.
    """
    os.environ["FC_LANG"] = "en"
