"""Reads the exports of one log by both importers of PM4Py and compares what lies in them.

mining.py FOLDER: the files log.FORMAT, the report of each in report.FORMAT.json, the board in handoff.json.
"""
import json
import pathlib
import sys
import warnings

warnings.simplefilter("ignore")

from pm4py.objects.conversion.log import converter
from pm4py.objects.log.importer.xes.variants import iterparse_20, rustxes
from pm4py.objects.ocel.importer.jsonocel.variants import ocel20_rustxes, ocel20_standard
from pm4py.objects.ocel.importer.sqlite.variants import ocel20

folder = pathlib.Path(sys.argv[1])
faults = []


def expect(what, found, expected):
    print(f"{what}: {found}")
    if found != expected:
        faults.append(f"{what}: expected {expected}, but it is {found}")


def values(table, known):
    return int(table[[column for column in table.columns if column not in known]].notna().sum().sum())


def of_objects(log):
    return {
        "events": len(log.events),
        "cases": int((log.objects["ocel:type"] == "case").sum()),
        "attributes": values(log.events, {"ocel:eid", "ocel:activity", "ocel:timestamp"}),
        "objects": len(log.objects),
        "relations": len(log.relations),
        "object_relations": len(log.o2o),
        "object_values": values(log.objects, {"ocel:oid", "ocel:type"}) + len(log.object_changes),
    }


def handed_over(events, case, activity):
    """What the board counts, from the department that has the case."""
    figures = {"handoffs": 0, "ping_pongs": 0, "cases_with_ping_pongs": 0, "reopened_cases": 0}
    for _, of_case in events.sort_values([case, "seq"]).groupby(case):
        way = []
        before = figures["ping_pongs"]
        for holder in of_case["holder"].dropna():
            if not way or holder != way[-1]:
                figures["ping_pongs"] += len(way) > 1 and way[-2] == holder
                way.append(holder)
        figures["cases_with_ping_pongs"] += figures["ping_pongs"] > before
        figures["handoffs"] += int((of_case[activity] == "handoff.accepted").sum())
        figures["reopened_cases"] += bool((of_case[activity] == "case.reopened").any())
    return figures


def report(name):
    return json.loads((folder / f"report.{name}.json").read_text())["contents"]


totals = json.loads((folder / "handoff.json").read_text())["totals"]
board = {name: totals[name] for name in ("handoffs", "ping_pongs", "cases_with_ping_pongs", "reopened_cases")}

for name, importer, file in (
    ("ocel-json", ocel20_standard, "pure"),
    ("ocel-json", ocel20_rustxes, "r4pm"),
    ("ocel-sqlite", ocel20, "pure"),
):
    log = importer.apply(str(folder / f"log.{name}"))
    expect(f"{name} {file}", of_objects(log), report(name))
    of_case = log.relations[(log.relations["ocel:type"] == "case") & log.relations["ocel:qualifier"].str.startswith("case")]
    events = log.events.merge(of_case[["ocel:eid", "ocel:oid"]], on="ocel:eid")
    expect(f"{name} {file}, as the board", handed_over(events, "ocel:oid", "ocel:activity"), board)

for name, importer in (("pure", iterparse_20), ("r4pm", rustxes)):
    events = converter.apply(
        importer.apply(str(folder / "log.xes"), parameters={"show_progress_bar": False}),
        variant=converter.Variants.TO_DATA_FRAME,
    )
    in_xes = report("xes")
    expect(
        f"xes {name}",
        {
            "events": len(events),
            "cases": events["case:concept:name"].nunique(),
            "attributes": values(events, {c for c in events.columns if c.startswith("case:") or c.startswith("@@")}),
        },
        {key: in_xes[key] for key in ("events", "cases", "attributes")},
    )
    expect(f"xes {name}, as the board", handed_over(events, "case:concept:name", "concept:name"), board)

print("\n".join(faults), file=sys.stderr)
sys.exit(bool(faults))
