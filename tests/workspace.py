"""Where consumers.py makes its applications: a new folder outside of the repository, with caches of its own. The first argument of the program is the folder
of packages, the second the new one."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from consumer import expect
from manual import ROOT, block, commands

PACKAGES = Path(sys.argv[1]).resolve()
WORK = Path(sys.argv[2]).resolve()
VERSION = next(PACKAGES.glob("Pat.Core.*.nupkg")).name.removeprefix("Pat.Core.").removesuffix(".nupkg")

# Empty caches, no servers that outlive this, none of the machine's file watchers, of which there are few, and nothing that a build inside
# of the repository would have set.
ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "CI"} | {
    "NUGET_PACKAGES": str(WORK / "cache/packages"),
    "NUGET_HTTP_CACHE_PATH": str(WORK / "cache/http"),
    "MSBUILDDISABLENODEREUSE": "1",
    "DOTNET_USE_POLLING_FILE_WATCHER": "1",
    "UseSharedCompilation": "false",
}


def dotnet(*arguments, folder=WORK):
    command = ["dotnet", *arguments]
    result = subprocess.run(command, cwd=folder, env=ENVIRONMENT, stdin=subprocess.DEVNULL, capture_output=True, text=True)
    if result.returncode != 0:
        sys.exit(f"{' '.join(command)} failed:\n{result.stdout}{result.stderr}")
    return result.stdout


def new(*arguments):
    # Templates of this run alone.
    return dotnet("new", *arguments, "--debug:custom-hive", str(WORK / "templates"))


def run(commands, folder=WORK):
    """Runs commands of dotnet."""
    for words in commands:
        if words[:2] == ["dotnet", "new"]:
            new(*words[2:])
        else:
            dotnet(*words[1:], folder=folder)


def make(template, name, page):
    """A project that refers to the packages that the commands of a page add."""
    new(template, "-o", name, "--no-restore")
    run(commands(block(page, "sh"), VERSION), WORK / name)
    return WORK / name


def replace(file, old, new):
    text = file.read_text(encoding="utf-8-sig")
    expect(old in text, f"{file.name} has no {old}")
    file.write_text(text.replace(old, new, 1))


def prepare():
    """Pat's packages come from the folder alone, all others from where this machine gets its packages."""
    WORK.mkdir(parents=True)
    sources = re.findall(r"^\s*\d+\.\s+(.+?) \[Enabled\]", dotnet("nuget", "list", "source", folder=ROOT), re.MULTILINE)
    mappings = "".join(f'<packageSource key="{source}"><package pattern="*" /></packageSource>' for source in sources)
    (WORK / "nuget.config").write_text(f"""<configuration>
  <packageSources><add key="pat" value="{PACKAGES}" /></packageSources>
  <packageSourceMapping>{mappings}<packageSource key="pat"><package pattern="Pat.*" /></packageSource></packageSourceMapping>
</configuration>
""")
    # What a repository above would set.
    (WORK / "Directory.Build.props").write_text("<Project />\n")


def add_tools():
    """dotnet ef, in the repository's version."""
    if not (WORK / ".config").exists():
        shutil.copytree(ROOT / ".config", WORK / ".config")
        dotnet("tool", "restore")


def curl(text, server, token):
    """Runs lines of curl as they stand, but where the application listens: what they print, and the status of each answer."""
    expect("http://localhost:5080/" in text, f"no line of curl asks the application: {text}")
    (WORK / ".curlrc").write_text('silent\nfail\nretry = 5\nwrite-out = " %{http_code}\\n"\n')
    lines = text.replace("http://localhost:5080", server)
    return subprocess.run(
        ["bash", "-euc", lines], env=ENVIRONMENT | {"CURL_HOME": str(WORK), "TOKEN": token}, capture_output=True, text=True).stdout


def check_sources(all_are_made):
    restored = sorted((WORK / "cache/packages").glob("pat.*/*/.nupkg.metadata"))
    expect(restored, "no package of Pat's was restored")
    for package in restored:
        expect(f'"source": "{PACKAGES}"' in package.read_text(), f"{package.parent.parent.name} comes from elsewhere")
    if all_are_made:
        names = {package.name.removesuffix(f".{VERSION}.nupkg").lower() for package in PACKAGES.glob(f"Pat.*.{VERSION}.nupkg")}
        missing = names - {package.parent.parent.name for package in restored} - {"pat.templates"}
        expect(not missing, f"no application takes {sorted(missing)}")
