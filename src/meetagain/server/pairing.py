"""One-time codes come in, a role for this browser goes out; on loopback nobody needs one."""

import secrets
from collections import deque

import msgspec

from meetagain.server.roles import Role

COOKIE = "meetagain_pass"
TRIES = 5
WINDOW_S = 60.0


class CodeWrong(Exception):
    """The code is not right, was used already, or there were too many tries; the message says which, in plain words."""


class Pass(msgspec.Struct, frozen=True):
    """What a paired browser may be."""

    token: str
    role: Role


class Pairing:
    """Codes of one house. Time is given by the caller, in seconds."""

    def __init__(self, needed: bool) -> None:
        self.needed = needed
        self._codes: dict[str, Role] = {}
        self._passes: dict[str, Role] = {}
        self._tries: deque[float] = deque()
        if needed:
            for role in Role:
                self.new_code(role)

    def new_code(self, role: Role) -> str:
        """A fresh six-digit code for one device of this role; the role's older unused code ends."""
        self._codes = {code: owner for code, owner in self._codes.items() if owner is not role}
        code = f"{secrets.randbelow(1_000_000):06d}"
        while code in self._codes:
            code = f"{secrets.randbelow(1_000_000):06d}"
        self._codes[code] = role
        return code

    def codes(self) -> dict[Role, str]:
        """The codes that are waiting to be used."""
        return {role: code for code, role in self._codes.items()}

    def redeem(self, code: str, now_s: float) -> Pass:
        """A pass for a code, once. Raises CodeWrong."""
        while self._tries and now_s - self._tries[0] > WINDOW_S:
            self._tries.popleft()
        if len(self._tries) >= TRIES:
            raise CodeWrong("There were several tries with a wrong code. Please wait a minute.")
        role = self._codes.pop(code.replace(" ", ""), None)
        if role is None:
            self._tries.append(now_s)
            raise CodeWrong("This code is not right, or it was used already. The companion can make a new one.")
        token = secrets.token_urlsafe(24)
        self._passes[token] = role
        return Pass(token=token, role=role)

    def role_of(self, token: str | None) -> Role | None:
        """The role of a paired browser, or None."""
        return self._passes.get(token or "")

    def revoke_all(self) -> None:
        """Every paired browser must pair again."""
        self._passes.clear()
