"""Errors a user can act on. A message says where (file:line), what is wrong, and what to do."""

from __future__ import annotations

__all__ = ["FramingError", "InputError", "LexiconError", "ModelError", "OutputError", "UsageError"]


class FramingError(Exception):
    """Base of every error this package raises on purpose."""


class UsageError(FramingError):
    """The call itself makes no sense: wrong option, wrong combination."""


class InputError(FramingError):
    """An input cannot be read, decoded or understood."""


class LexiconError(FramingError):
    """A word list breaks its format."""


class ModelError(FramingError):
    """A model file is corrupt, foreign or of an unknown version."""


class OutputError(FramingError):
    """A result cannot be written."""
