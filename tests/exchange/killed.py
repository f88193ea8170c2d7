"""Run by test_durability: an exchange in a process of its own that places one call and is killed.

Arguments: folder, cast file, address of the application.
"""

import sys
from datetime import datetime
from pathlib import Path

from exchange import Exchange, VirtualClock, Voices, load_cast, orders

folder, cast_file, application = sys.argv[1:]
voices = Voices(Path(folder) / "voices", synthesise=False)
clock = VirtualClock(datetime.fromisoformat("2026-11-18T10:00:00+08:00"))
exchange = Exchange(
    Path(folder),
    load_cast(cast_file, voices),
    clock,
    account_sid="AC" + "0123456789abcdef" * 2,
    auth_token="a secret of the tests",
    voices=voices,
)
order = orders.read(
    {
        "To": ["+8613900000001"],
        "From": ["+85230000000"],
        "Url": [f"{application}/start"],
        "Record": ["true"],
        "RecordingChannels": ["dual"],
        "StatusCallback": [f"{application}/status"],
        "StatusCallbackEvent": ["initiated", "ringing", "answered", "completed"],
        "RecordingStatusCallback": [f"{application}/recording"],
    }
)
exchange.place(order)
sys.stdin.read()
