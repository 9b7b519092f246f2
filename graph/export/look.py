"""How a node looks: what a program that draws an exported network may take from our page."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Look:
    """The position of a node in pixels (y downwards), its radius, and its colour (#rrggbb)."""

    x: float
    y: float
    size: float
    colour: str

    @property
    def rgb(self) -> tuple[int, int, int]:
        """Red, green and blue from 0 to 255."""
        return int(self.colour[1:3], 16), int(self.colour[3:5], 16), int(self.colour[5:7], 16)


__all__ = ["Look"]
