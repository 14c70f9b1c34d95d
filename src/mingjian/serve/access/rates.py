"""How many requests each has left in this minute: kept in memory, for as many as ask lately."""

from __future__ import annotations

from collections import OrderedDict

from mingjian.core.access.addresses import client_key
from mingjian.core.access.waiting import Bucket, take_one
from mingjian.serve.access.asking import Asker
from mingjian.serve.access.settings import AccessSettings

_MOST = 20_000


class Rates:
    """Buckets by session, token or address; who has not asked for long is forgotten first."""

    def __init__(self, settings: AccessSettings) -> None:
        self._settings = settings
        self._buckets: OrderedDict[tuple[str, str], Bucket] = OrderedDict()

    def wait_for(self, asker: Asker, now: float) -> float:
        """Seconds that a request must wait, by a clock that never goes back; 0 where it may go on."""
        key, per_minute = self._counted(asker)
        bucket, wait = take_one(self._buckets.get(key), now, per_minute)
        self._buckets[key] = bucket
        self._buckets.move_to_end(key)
        if len(self._buckets) > _MOST:
            self._buckets.popitem(last=False)
        return wait

    def _counted(self, asker: Asker) -> tuple[tuple[str, str], int]:
        if asker.via == "session":
            return ("user", str(asker.number)), self._settings.requests_of_session
        if asker.via == "token":
            return ("token", str(asker.key)), self._settings.requests_of_token
        return ("address", client_key(asker.address)), self._settings.requests_of_address
