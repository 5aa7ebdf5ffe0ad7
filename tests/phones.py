"""A phone that goes dark: a tab of a real browser, the wire that it hangs on, and what is done with both."""

from collections.abc import Callable

from tests.browsing import Site
from tests.wire import Wire

# Reads everything that the browser holds for the site, as it lies there: every store, every cache, both storages.
EVERYTHING = """async () => {
    const found = [];
    const bytes = (value) => {
        const raw = value instanceof ArrayBuffer || ArrayBuffer.isView(value);
        if (raw) found.push(new TextDecoder("latin1").decode(value));
        else if (value instanceof CryptoKey) found.push(value.extractable ? "a key that can be taken out" : "a key");
        else if (value && typeof value === "object") Object.values(value).forEach(bytes);
        else found.push(String(value));
    };
    const open = (name) => new Promise((done) => {
        const asked = indexedDB.open(name);
        asked.onsuccess = () => done(asked.result);
    });
    const bases = await indexedDB.databases();
    for (const { name } of bases) {
        const base = await open(name);
        for (const store of base.objectStoreNames) {
            bytes(await new Promise((done) => {
                const asked = base.transaction(store).objectStore(store).getAll();
                asked.onsuccess = () => done(asked.result);
            }));
        }
        base.close();
    }
    const caches_ = await caches.keys();
    for (const name of caches_) {
        const cache = await caches.open(name);
        for (const request of await cache.keys()) found.push(request.url, await (await cache.match(request)).text());
    }
    found.push(JSON.stringify(localStorage), JSON.stringify(sessionStorage));
    return { bases: bases.map((base) => base.name), caches: caches_, text: found.join("\\n") };
}"""


class Phone:
    """A tab, the wire that it hangs on, and what is done with both."""

    def __init__(self, site: Site, wire: Wire) -> None:
        self.site, self.page, self.wire = site, site.page, wire
        site.url = wire.url

    def go_dark(self) -> None:
        self.page.context.set_offline(True)
        self.wire.cut()

    def come_back(self) -> None:
        self.wire.mend()
        self.page.context.set_offline(False)

    def start(self, path: str = "/today/") -> None:
        """Open a page and wait until the worker stands before the next one."""
        self.site.open(path)
        self.page.evaluate("navigator.serviceWorker.ready.then(() => navigator.serviceWorker.controller || new Promise("
                           "done => navigator.serviceWorker.addEventListener('controllerchange', done)))"
                           ".then(() => true)")  # fmt: skip

    def keep_the_plan(self, pin: str = "") -> None:
        self.site.open("/you/phone/")
        if pin:
            self.page.get_by_label("Your PIN, which will open it").fill(pin)
        self.page.get_by_role("button", name="Keep my plan on this phone").click()
        self.page.get_by_text("Your plan is on this phone").wait_for()

    def holds(self) -> dict:
        return self.page.evaluate(EVERYTHING)

    def check_in(self, note: str = "") -> None:
        self.site.open("/check-in/")
        self.page.locator(".sky__o").nth(2).click()
        if note:
            self.page.get_by_label("A line for yourself").fill(note)
        self.page.get_by_role("button", name="Save check-in").click()

    def waiting(self) -> str:
        return self.page.evaluate("localStorage.getItem('waiting')")


def until(page, holds: Callable[[], bool], seconds: int = 10) -> bool:
    """Give the tab some seconds for something that happens elsewhere."""
    for _ in range(10 * seconds):
        if holds():
            return True
        page.wait_for_timeout(100)
    return False
