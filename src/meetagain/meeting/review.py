"""A line about to be said comes in; whether the companion lets it through goes out."""

import asyncio

from meetagain.schema.speech import Clause

REVIEW_PATIENCE_S = 8.0


class Review:
    """With `on`, the companion may hold a line back; silence lets it through, for every line is the family's own."""

    def __init__(self, on: bool) -> None:
        self.on = on
        self._answer: asyncio.Future[bool] | None = None

    async def passes(self, clause: Clause) -> bool:
        """Whether this line may be said now."""
        if not self.on:
            return True
        self._answer = asyncio.get_running_loop().create_future()
        try:
            return await asyncio.wait_for(self._answer, REVIEW_PATIENCE_S)
        except TimeoutError:
            return True
        finally:
            self._answer = None

    def said(self, yes: bool) -> None:
        """The companion's answer."""
        if self._answer is not None and not self._answer.done():
            self._answer.set_result(yes)
