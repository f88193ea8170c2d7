"""The type of a table of names."""

from collections.abc import Mapping

from flask_babel import LazyString

Names = Mapping[str, LazyString]
