"""A call that may take long, or never return, comes in; what it gives can be waited for, and nothing has to wait for its thread."""

import asyncio
import threading
from collections.abc import Callable
from typing import Any


class Aside:
    """One blocking call in a thread of its own. Unlike a pool's, the thread keeps neither later calls nor the end of the house waiting."""

    def __init__(self, do: Callable[..., Any], *args: Any) -> None:
        """Begins at once. Call it where an event loop runs."""
        loop = asyncio.get_running_loop()
        self.result: asyncio.Future[Any] = loop.create_future()

        def tell(value: Any, error: BaseException | None) -> None:
            if self.result.done():
                return  # nobody waits for it any more
            if error is None:
                self.result.set_result(value)
            else:
                self.result.set_exception(error)

        def run() -> None:
            value, failed = None, None
            try:
                value = do(*args)
            except BaseException as error:  # noqa: BLE001  it belongs to whoever waits
                failed = error
            if not loop.is_closed():
                loop.call_soon_threadsafe(tell, value, failed)

        self._thread = threading.Thread(target=run, daemon=True, name="aside")
        self._thread.start()

    @property
    def running(self) -> bool:
        """Whether the call has not returned, waited for or not."""
        return self._thread.is_alive()

    async def within(self, seconds: float) -> Any:
        """What the call gives. Raises TimeoutError when it takes longer; then it is left to itself."""
        return await asyncio.wait_for(self.result, seconds)
