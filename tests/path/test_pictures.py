"""The pictures of a portrait stay packed on the graphics card, under the server's own rules; where that cannot be, nobody notices."""

from collections.abc import Callable

import pytest

from meetagain.server.app import ALONE

pytestmark = pytest.mark.browser
QUEST = "Mozilla/5.0 (X11; Linux x86_64; Quest 3) AppleWebKit/537.36 (KHTML, like Gecko) OculusBrowser/40.0 Chrome/134.0.0.0 VR Safari/537.36 Android"


@pytest.mark.parametrize(
    ("browser", "least_mb", "most_mb"),
    [("", 8, 17), (f"--user-agent={QUEST}", 5, 9)],
    ids=["on a computer", "as in a headset"],
)
def test_pictures_stay_packed(visit: Callable, house, browser: str, least_mb: float, most_mb: float):
    walk = visit(house, *filter(None, [browser]))
    rules: list[str] = []
    walk.page.on("response", lambda got: rules.append(got.headers["content-security-policy"]) if "/unpacking-" in got.url else None)
    walk.through_the_doorway("", "Enter")
    assert least_mb < walk.state["picturesMb"] < most_mb
    assert walk.faults == [] and set(rules) == {ALONE}


@pytest.mark.parametrize("lack", ["worker", "decoder", "WebAssembly", "rule"])
def test_without_the_decoder_the_other_pictures_are_shown(visit: Callable, house, lack: str):
    walk = visit(house)
    files = {"worker": "**/assets/unpacking-*", "decoder": "**/assets/*.wasm"}
    if lack in files:
        walk.page.route(files[lack], lambda route: route.fulfill(status=404))
    elif lack == "rule":  # an older browser that holds a worker to the rules of its page

        def strict(route) -> None:
            got = route.fetch()
            route.fulfill(
                response=got, headers=got.headers | {"content-security-policy": "default-src 'none'; script-src 'wasm-unsafe-eval'"}
            )

        walk.page.route(files["worker"], strict)
    else:
        walk.page.add_init_script("delete globalThis.WebAssembly")
    walk.through_the_doorway("", "Enter")
    assert walk.state["picturesMb"] > 35
