"""Reads the reports of Stryker's passes over one area (tests/mutation.sh).

    report.py left CONFIG AREA REPORT...     writes the configuration of a pass over what was not killed, blocks aside, or nothing
    report.py blocks CONFIG AREA REPORT...   writes the configuration of a further pass, or nothing where none is needed
    report.py score AREA REPORT...           prints what came of the mutants; ends with 1 where too few were killed

Stryker puts a block's removal aside, as "Ignored", where other mutants are in the block. A further pass makes mutants of blocks
alone, less those that have been judged, so that the next outer ones are tested too. A later pass's word counts, but what was
killed once stays killed.
"""

import json
import sys
from collections import Counter
from pathlib import Path

LEAST = 90
BLOCK = "Block removal mutation"
ALL_BUT_BLOCKS = [
    "arithmetic", "assignment", "bitwise", "boolean", "checked", "collectionexpression", "conditional", "equality",
    "initializer", "linq", "logical", "math", "nullcoalescing", "regex", "statement", "string", "stringmethod", "unary", "update",
]


def mutants_of(area, reports):
    """
    The area's mutants by file and what was changed to what. A report names all files of the project, by where that run had them.
    """
    found = {}
    for report in reports:
        for path, file in json.loads(Path(report).read_text(encoding="utf-8"))["files"].items():
            if f"/{area}/" not in f"/{path}":
                continue
            for mutant in file["mutants"]:
                start, end = mutant["location"]["start"], mutant["location"]["end"]
                place = (Path(path).name, start["line"], start["column"], end["line"], end["column"], mutant["mutatorName"], mutant["replacement"])
                if place not in found or (mutant["status"] != "Ignored" and found[place]["status"] != "Killed"):
                    found[place] = {**mutant, "source": file["source"]}
    return found


def untested_blocks(mutants):
    return [place for place, mutant in mutants.items() if place[5] == BLOCK and mutant["status"] == "Ignored"]


def span_of(area, place, mutant):
    """The mutant's place as Stryker's patterns have it."""
    lines = mutant["source"].splitlines(keepends=True)
    start = sum(map(len, lines[: place[1] - 1])) + place[2] - 1
    end = sum(map(len, lines[: place[3] - 1])) + place[4] - 1
    return f"{area}/{place[0]}{{{start}..{end}}}"


def write_left(config, area, reports):
    left = sorted({
        span_of(area, place, mutant) for place, mutant in mutants_of(area, reports).items()
        if mutant["status"] not in ("Killed", "CompileError") and place[5] != BLOCK
    })
    if not left:
        return
    settings = json.loads(Path(config).read_text(encoding="utf-8"))
    settings["stryker-config"]["mutate"] = left
    settings["stryker-config"]["ignore-mutations"] = ["block"]
    print(json.dumps(settings, indent=2))


def write_blocks(config, area, reports):
    mutants = mutants_of(area, reports)
    left = untested_blocks(mutants)
    if not left or len(reports) > 1 and len(left) == len(untested_blocks(mutants_of(area, reports[:-1]))):
        return
    settings = json.loads(Path(config).read_text(encoding="utf-8"))
    stryker = settings["stryker-config"]
    stryker["ignore-mutations"] = ALL_BUT_BLOCKS
    for place, mutant in mutants.items():
        if place[5] == BLOCK and mutant["status"] not in ("Ignored", "CompileError"):
            stryker["mutate"].append(f"!{span_of(area, place, mutant)}")
    print(json.dumps(settings, indent=2))


def print_score(area, reports):
    mutants = mutants_of(area, reports)
    valid = {place: mutant for place, mutant in mutants.items() if mutant["status"] != "CompileError"}
    counts = Counter(mutant["status"] for mutant in valid.values())
    for place, mutant in sorted(valid.items()):
        if mutant["status"] != "Killed":
            reason = mutant.get("statusReason") or ""
            change = " ".join(mutant["replacement"].split())
            print(f"{mutant['status']:<10} {area}/{place[0]}:{place[1]}:{place[2]} {place[5]} -> {change[:120]} {reason}".rstrip())
    if not valid:
        print(f"{area}: no mutants")
        return 1
    score = 100 * counts["Killed"] / len(valid)
    print(
        f"{area}: {len(valid)} valid mutants, {counts['Killed']} killed, {counts['Survived']} survived, {counts['Timeout']} timed out, "
        f"{counts['NoCoverage']} without a test, {counts['Pending']} not ended, {counts['Ignored']} ignored; {score:.1f} % killed of all valid ones"
    )
    return 0 if score >= LEAST else 1


match sys.argv[1:]:
    case ["left", config, area, *reports]:
        write_left(config, area, reports)
    case ["blocks", config, area, *reports]:
        write_blocks(config, area, reports)
    case ["score", area, *reports]:
        sys.exit(print_score(area, reports))
    case _:
        sys.exit(__doc__)
