"""What a signed-in first visit to Today brings over the wire, in a real browser."""

from tests.browsers import ARGUMENTS, installed_chromium

AIM = {"bytes": 90_000, "requests": 12}


def first_visit(port: int, cookie: str) -> dict[str, int] | None:
    """Return requests and bytes, or None where there is no Chromium."""
    chromium = installed_chromium()
    if chromium is None:
        return None
    from playwright.sync_api import sync_playwright

    name, value = cookie.split("=", 1)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        context = browser.new_context(viewport={"width": 390, "height": 844})
        context.add_cookies([{"name": name, "value": value, "url": f"http://localhost:{port}"}])
        page = context.new_page()
        session = context.new_cdp_session(page)
        session.send("Network.enable")
        sizes: list[int] = []
        session.on("Network.loadingFinished", lambda event: sizes.append(int(event["encodedDataLength"])))
        page.goto(f"http://localhost:{port}/today/", wait_until="networkidle")
        browser.close()
    return {"requests": len(sizes), "bytes": sum(sizes)}


def sentence(visit: dict[str, int] | None) -> str:
    if visit is None:
        return "First visit: not measured, there is no Chromium here."
    aim = f"aim ≤ {AIM['bytes']} bytes in ≤ {AIM['requests']} requests"
    return f"First visit to Today: {visit['bytes']} bytes in {visit['requests']} requests ({aim})"
