"""Keeps sessions in rows that also say, to the person alone, on which kind of device they are signed in.

The row holds a hash of the key that the browser holds, so nobody can use what they find in a backup. Nothing tells
where somebody was: no IP address, no full user agent, and a day instead of a time.
"""

from __future__ import annotations

import hashlib
import time
from typing import Any

from asgiref.sync import sync_to_async
from django.apps import apps
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.utils import timezone

from accounts.prepared import Prepared

DEVICE_KEY = "device"
SEEN_KEY = "seen"
# A session is written again once this part of its idle limit has passed: often enough to last, and cheap.
RENEW_AFTER = 1 / 20
DAY = 24 * 3600


def digest(session_key: str) -> str:
    """Return what the database knows a session by."""
    return hashlib.sha256(session_key.encode()).hexdigest()


# The model by name: models.py names this module as its session engine.
_in_force: Prepared[Any] = Prepared(
    lambda key, now: (
        apps.get_model("accounts", "Session").objects.with_account().filter(session_key=key, expire_date__gt=now)
    )
)


class SessionStore(DatabaseStore):
    """Django's database sessions, found by a hash of their key; named by SESSION_ENGINE."""

    account: Any = None  # whose the row is, read along with it; accounts.middleware asks for nobody else

    @classmethod
    def get_model_class(cls) -> type[Any]:
        return apps.get_model("accounts", "Session")

    def keep_alive(self, longest_idle: int | None = None) -> None:
        """Have the session saved at the end of this request, if it has not been for a while or since yesterday.

        :param longest_idle: seconds; a session that may lie idle for longer may not any more
        """
        if longest_idle is not None and self.get_expiry_age() > longest_idle:
            self.set_expiry(longest_idle)
        seen, now = int(self.get(SEEN_KEY, 0)), int(time.time())
        if now - seen > self.get_expiry_age() * RENEW_AFTER or now // DAY != seen // DAY:
            self.modified = True

    def exists(self, session_key: str) -> bool:
        return bool(super().exists(digest(session_key)))

    async def aexists(self, session_key: str) -> bool:
        return bool(await super().aexists(digest(session_key)))

    def create_model_instance(self, data: dict[str, Any]) -> Any:
        key = self._get_or_create_session_key()  # type: ignore[attr-defined]  # Django's, missing in its stubs
        return self._row(data, key, self.get_expiry_date())

    async def acreate_model_instance(self, data: dict[str, Any]) -> Any:
        key = await self._aget_or_create_session_key()  # type: ignore[attr-defined]  # as above
        return self._row(data, key, await self.aget_expiry_date())

    def delete(self, session_key: str | None = None) -> None:
        key = session_key or self.session_key
        if key:
            self.model.objects.filter(session_key=digest(key)).delete()

    async def adelete(self, session_key: str | None = None) -> None:
        await sync_to_async(self.delete)(session_key)

    def _get_session_from_db(self) -> Any:
        found = _in_force(key=digest(self.session_key or ""), now=timezone.now())
        row = found[0] if found else None
        if row is None:
            self._session_key = None
        else:
            self.account = row.account
        return row

    async def _aget_session_from_db(self) -> Any:
        return await sync_to_async(self._get_session_from_db)()

    def _row(self, data: dict[str, Any], key: str, expires_at: Any) -> Any:
        from django.contrib.auth import SESSION_KEY

        data = {**data, SEEN_KEY: int(time.time())}
        model: Any = self.model
        return model(
            session_key=digest(key),
            session_data=self.encode(data),
            expire_date=expires_at,
            person_id=data.get(SESSION_KEY),
            device=data.get(DEVICE_KEY, ""),
            seen_on=timezone.now().date(),
        )
