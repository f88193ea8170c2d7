"""What hundreds of applications have in common and Flask makes anew for each of them: the code of
its templates and of its addresses. Here it is made once in a process. Looked up by content, so that
a changed template or address is another one."""

from collections.abc import Callable
from typing import Any, ClassVar

from flask import Flask
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket
from werkzeug.routing import Rule


class Templates(BytecodeCache):
    """Compiled templates in memory. A bucket's key is the template's name and file, its checksum
    the text."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, str], Any] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """See ``BytecodeCache``."""
        bucket.code = self._kept.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        """See ``BytecodeCache``."""
        self._kept[bucket.key, bucket.checksum] = bucket.code


class Address(Rule):
    """A rule whose function that builds addresses was made before for one that reads the same. It
    takes the rule itself as its first argument and knows nothing else of it."""

    _made: ClassVar[dict[tuple[Any, ...], Callable[..., tuple[str, str]]]] = {}

    def _compile_builder(self, append_unknown: bool = True) -> Callable[..., tuple[str, str]]:
        if self.defaults:
            return super()._compile_builder(append_unknown)
        key = (self.rule, tuple(self._trace), append_unknown)
        if key not in self._made:
            self._made[key] = super()._compile_builder(append_unknown)
        return self._made[key]


def install() -> None:
    """For every application that is made from now on."""
    Flask.jinja_options = {"bytecode_cache": Templates()}
    Flask.url_rule_class = Address
