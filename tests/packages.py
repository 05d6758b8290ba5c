"""What packages.sh looks for in the packages: python3 packages.py SOURCES PACKAGES PACKAGES_OF_ANOTHER_BUILD"""

import os
import subprocess
import sys
import zipfile
from pathlib import Path
from xml.etree import ElementTree

FRAMEWORK = "net10.0"
TEMPLATES = "Pat.Templates"
COMPILED_AHEAD = ["Pat.Core", "Pat.Client"]
EXTRA = {
    "Pat.AspNetCore": ["analyzers/dotnet/cs/Pat.AspNetCore.Analyzers.dll"],
    "Pat.AspNetCore.UI": [f"lib/{FRAMEWORK}/de/Pat.AspNetCore.UI.resources.dll"],
}

sources, packages, again = (Path(argument).resolve() for argument in sys.argv[1:])
commit = subprocess.run(["git", "rev-parse", "HEAD"], cwd=sources, check=True, capture_output=True, text=True).stdout.strip()
faults = []


def expect(holds, fault):
    if not holds:
        faults.append(fault)


def properties(file):
    """The properties and package versions of an MSBuild file."""
    root = ElementTree.parse(sources / file).getroot()
    versions = {version.get("Include"): version.get("Version") for version in root.iter("PackageVersion")}
    return {value.tag: value.text for group in root.iter("PropertyGroup") for value in group}, versions


BUILD, _ = properties("Directory.Build.props")
_, VERSIONS = properties("Directory.Packages.props")
VERSION = "-".join(filter(None, [BUILD["VersionPrefix"], os.environ.get("VersionSuffix")]))
REPOSITORY = os.environ.get("RepositoryUrl") or BUILD["RepositoryUrl"]


def read(file):
    """The entries of a package, but for its container's own."""
    return {name: content for name, content in read_all(file).items() if name != "_rels/.rels" and not name.endswith(".psmdcp")}


def read_all(file):
    with zipfile.ZipFile(file) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def wanted(name):
    """What a package depends on, going by its project."""
    project = ElementTree.parse(sources / f"src/{name}/{name}.csproj").getroot()
    own = [Path(reference.get("Include")).stem for reference in project.iter("ProjectReference") if not reference.get("ReferenceOutputAssembly")]
    others = [reference.get("Include") for reference in project.iter("PackageReference")]
    frameworks = [reference.get("Include") for reference in project.iter("FrameworkReference")]
    return {package: f"[{VERSION}]" for package in own} | {package: VERSIONS[package] for package in others}, frameworks


def check_nuspec(name, entries):
    root = ElementTree.fromstring(entries[f"{name}.nuspec"])
    space = root.tag.partition("}")[0] + "}"
    metadata = root.find(f"{space}metadata")
    texts = {item.tag.removeprefix(space): item.text for item in metadata}
    for field, value in {"id": name, "version": VERSION, "license": "MIT", "readme": "README.md", "icon": "icon.png", "projectUrl": REPOSITORY}.items():
        expect(texts.get(field) == value, f"{name}: {field} is {texts.get(field)}, not {value}")
    for field in ["authors", "copyright", "description", "tags"]:
        expect(texts.get(field), f"{name}: no {field}")
    repository = metadata.find(f"{space}repository").attrib
    expect(repository == {"type": "git", "url": REPOSITORY, "commit": commit}, f"{name}: its repository is {repository}")
    return metadata, space


def check_dependencies(name, metadata, space):
    dependencies, frameworks = wanted(name)
    groups = list(metadata.iter(f"{space}group"))
    expect({group.get("targetFramework") for group in groups} == {FRAMEWORK}, f"{name}: it is for other frameworks than {FRAMEWORK}")
    found = {item.get("id"): item.get("version") for item in metadata.iter(f"{space}dependency")}
    expect(found == dependencies, f"{name}: it depends on {found}, not on {dependencies}")
    found = [item.get("name") for item in metadata.iter(f"{space}frameworkReference")]
    expect(found == frameworks, f"{name}: its frameworks are {found}, not {frameworks}")


def check_package(name):
    entries = read(packages / f"{name}.{VERSION}.nupkg")
    library = f"lib/{FRAMEWORK}/{name}"
    files = {f"{name}.nuspec", "[Content_Types].xml", "README.md", "icon.png", f"{library}.dll", f"{library}.xml", *EXTRA.get(name, [])}
    if set(entries) != files:
        faults.append(f"{name}: too much {sorted(set(entries) - files)}, missing {sorted(files - set(entries))}")
        return

    check_dependencies(name, *check_nuspec(name, entries))
    expect(entries["README.md"] == (sources / f"src/{name}/README.md").read_bytes(), f"{name}: another README.md")
    expect(entries["icon.png"].startswith(b"\x89PNG"), f"{name}: its icon is no PNG")
    expect(b"<member name=" in entries[f"{library}.xml"], f"{name}: its public members have no documentation")
    trimmed = b"IsTrimmable" in entries[f"{library}.dll"]
    expect(trimmed == (name in COMPILED_AHEAD), f"{name}: it says {'that it can' if trimmed else 'nothing of whether it can'} be trimmed")
    check_paths(name, entries)


def check_symbols(name):
    entries = read(packages / f"{name}.{VERSION}.snupkg")
    symbols = entries.get(f"lib/{FRAMEWORK}/{name}.pdb", b"")
    expect(symbols.startswith(b"BSJB"), f"{name}: no portable symbols")
    source = f"https://raw.githubusercontent.com/{REPOSITORY.removeprefix('https://github.com/')}/{commit}/*"
    expect(f'"/_/*":"{source}"'.encode() in symbols, f"{name}: its symbols don't lead to {source}")
    check_paths(name, entries)


def check_templates():
    entries = read(packages / f"{TEMPLATES}.{VERSION}.nupkg")
    folder = sources / "templates/pat-api"
    contents = {f"content/pat-api/{file.relative_to(folder).as_posix()}": file.read_bytes() for file in folder.rglob("*") if file.is_file()}
    files = {f"{TEMPLATES}.nuspec", "[Content_Types].xml", "README.md", "icon.png", *contents}
    if set(entries) != files:
        faults.append(f"{TEMPLATES}: too much {sorted(set(entries) - files)}, missing {sorted(files - set(entries))}")
        return

    metadata, space = check_nuspec(TEMPLATES, entries)
    types = [item.get("name") for item in metadata.iter(f"{space}packageType")]
    expect(types == ["Template"], f"{TEMPLATES}: its package types are {types}")
    expect(metadata.find(f"{space}dependencies") is None, f"{TEMPLATES}: it depends on packages")
    for file, content in contents.items():
        expect(entries[file] == content.replace(b"PAT_VERSION", VERSION.encode()), f"{TEMPLATES}: another {file}")
    check_paths(TEMPLATES, entries)


def check_paths(name, entries):
    for file, content in entries.items():
        path = str(sources)
        expect(path.encode() not in content and path.encode("utf-16-le") not in content, f"{name}: {file} has a path of the machine in it")


def check_same(file):
    """The whole archive, byte for byte: also its order, its dates and what NuGet adds to it."""
    if (packages / file).read_bytes() != (again / file).read_bytes():
        first, second = read_all(packages / file), read_all(again / file)
        differing = sorted(entry for entry in first.keys() | second.keys() if first.get(entry) != second.get(entry))
        faults.append(f"{file}: another build gave other {differing or 'dates or another order'}")


names = sorted(project.parent.name for project in sources.glob("src/*/*.csproj") if project.stem != "Pat.AspNetCore.Analyzers")
files = sorted([f"{TEMPLATES}.{VERSION}.nupkg", *(f"{name}.{VERSION}.{kind}" for name in names for kind in ["nupkg", "snupkg"])])
for folder in [packages, again]:
    found = sorted(file.name for file in folder.iterdir())
    if found != files:
        sys.exit(f"{folder.name}: {found}, not {files}")

for name in names:
    check_package(name)
    check_symbols(name)
check_templates()
for file in files:
    check_same(file)

for fault in faults:
    print(fault, file=sys.stderr)
if faults:
    sys.exit(1)
print(f"{len(names) + 1} packages of version {VERSION}, all as they should be, and the same bytes from two places")
