"""Which kind of device a browser says it is: two words a person recognises, and nothing that tells two phones apart."""

from django.utils.translation import gettext as _

# The first that fits wins: Edge and Samsung also say Chrome, and Chrome also says Safari.
BROWSERS = (
    ("edg", "Edge"),
    ("opr/", "Opera"),
    ("samsungbrowser", "Samsung Internet"),
    ("firefox", "Firefox"),
    ("fxios", "Firefox"),
    ("crios", "Chrome"),
    ("chrome", "Chrome"),
    ("safari", "Safari"),
)
SYSTEMS = (
    ("iphone", "iPhone"),
    ("ipad", "iPad"),
    ("android", "Android"),
    ("cros", "ChromeOS"),
    ("windows", "Windows"),
    ("mac os x", "Mac"),
    ("linux", "Linux"),
)


def family(user_agent: str) -> str:
    """Return for instance “Chrome on Android”, or an empty string for a browser that we do not know."""
    words = user_agent.lower()
    browser = next((name for sign, name in BROWSERS if sign in words), "")
    system = next((name for sign, name in SYSTEMS if sign in words), "")
    if browser and system:
        # Translators: a browser on a system, such as “Chrome on Android”
        return _("%(browser)s on %(system)s") % {"browser": browser, "system": system}
    return browser or system
