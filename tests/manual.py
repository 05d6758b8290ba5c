"""What consumers.py takes from the manual: blocks of code, and commands."""

import re
import shlex
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def block(file, language, holding=""):
    """The first block of code in a language on a page, or the first that holds a text."""
    blocks = re.findall(rf"^```{language}\n(.*?)^```", (ROOT / file).read_text(), re.DOTALL | re.MULTILINE)
    return next(text for text in blocks if holding in text)


def commands(text, version):
    """The commands of a block, each as its words. A version with a suffix is taken by nobody who does not name it; else they are as they stand."""
    for line in text.splitlines():
        words = shlex.split(line, comments=True)
        if "-" in version and words[:3] == ["dotnet", "add", "package"] and words[3].startswith("Pat."):
            words += ["--version", version]
        if "-" in version and words[:3] == ["dotnet", "new", "install"]:
            words[3] += f"@{version}"
        yield words
