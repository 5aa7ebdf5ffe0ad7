"""Where the files that browsers get are kept, under names that carry a hash of what is in them."""

from whitenoise.storage import CompressedManifestStaticFilesStorage

# How a script of ours names another, as a whole and as the part that is written anew.
LOADS = (
    (r"""(?P<matched>from\s*["'](?P<url>\./[^"']+)["'])""", """from "%(url)s\""""),
    (r"""(?P<matched>import\(["'](?P<url>\./[^"']+)["']\))""", """import("%(url)s")"""),
)


class HashedFiles(CompressedManifestStaticFilesStorage):
    """Also writes the hashed names into our scripts that load each other, so that no old part meets a new one."""

    patterns = (*CompressedManifestStaticFilesStorage.patterns, ("js/*.js", LOADS))
