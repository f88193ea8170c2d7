"""A telephone exchange in a box: the carrier's REST API, TwiML over HTTP, and a cast of callees.

It imports no other room of the project. What others use stands here.
"""

from exchange.calls import Call, Notification, Recording, Status
from exchange.cast import Callee, Cast
from exchange.cast_file import CastError, load_cast
from exchange.clock import Clock, RealClock, VirtualClock
from exchange.exchange import Exchange, latest_time
from exchange.faults import Faults, OnCreate
from exchange.voices.choice import Voices

__all__ = [
    "Call",
    "Callee",
    "Cast",
    "CastError",
    "Clock",
    "Exchange",
    "Faults",
    "Notification",
    "OnCreate",
    "RealClock",
    "Recording",
    "Status",
    "VirtualClock",
    "Voices",
    "latest_time",
    "load_cast",
]
