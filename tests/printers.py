"""What PDFs need from the machine: Pango, which is there, or is installed now."""

import os
import shutil
import subprocess
import sys

# WeasyPrint's own list for Debian and Ubuntu.
PACKAGES = ("libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0")


def find_or_install_pango() -> bool:
    """Return whether PDFs can be made here, after trying apt (as root) where they could not."""
    if _is_there():
        return True
    print("\nPango is not here; fetching it for the PDFs.", flush=True)
    if os.geteuid() == 0 and shutil.which("apt-get"):
        for words in (["update"], ["install", "-y", "--no-install-recommends", *PACKAGES]):
            subprocess.run(
                ["apt-get", "-qq", *words], env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"}, check=False
            )
    return _is_there()


def _is_there() -> bool:
    # In a process of its own: a library that failed to load stays failed in this one.
    return subprocess.run([sys.executable, "-c", "import weasyprint"], capture_output=True, check=False).returncode == 0
