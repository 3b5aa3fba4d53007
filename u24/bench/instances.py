"""Instances by name or file: made ones, cases from history, and instances from elsewhere."""

from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import msgspec

from u24.bench.generator import make_problem
from u24.desk.answering import list_scenarios, problem_of, read_case, scenario_folder
from u24.domain.problem import Problem
from u24.errors import InvalidInput

FORMAT = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Instance:
    """One problem that contenders are measured on. ``name`` is also used in file names."""

    name: str
    problem: Problem
    format: int = FORMAT


def made_instance(size: str, seed: int) -> Instance:
    """The made instance of that size and seed."""
    return Instance(name=f"{size}-{seed}", problem=make_problem(size, seed))


def instance_of(name_or_file: str) -> Instance:
    """The case from history of that name, else the instance in that file.

    Raises
    ------
    InvalidInput
        There is neither, or the file holds no instance; the message says where it is wrong.
    """
    if any(line.name == name_or_file for line in list_scenarios()):
        case = read_case(scenario_folder(name_or_file))
        return Instance(name=name_or_file, problem=problem_of(case))
    return read_instance(Path(name_or_file))


def instance_bytes(instance: Instance) -> bytes:
    """One instance, one text: equal instances give equal bytes."""
    return msgspec.json.encode(instance)


def instance_sha256(instance: Instance) -> str:
    """What names a problem in the results, whatever the instance is called."""
    return sha256(msgspec.json.encode(instance.problem)).hexdigest()


def write_instance(instance: Instance, file: Path) -> None:
    """Write an instance for ``--instance FILE``."""
    file.write_bytes(instance_bytes(instance))


def read_instance(file: Path) -> Instance:
    """Read an instance and look whether its names lead anywhere.

    Raises
    ------
    InvalidInput
        It cannot be read, is no instance, or names what it does not hold.
    """
    try:
        instance = msgspec.json.decode(file.read_bytes(), type=Instance)
    except OSError as error:
        raise InvalidInput(
            f"instance {str(file)!r}: {error.strerror or error}; give a file of an instance or "
            f"the name of a case: {', '.join(line.name for line in list_scenarios())}"
        ) from error
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise InvalidInput(f"instance {file.name}: {error}") from error
    if instance.format != FORMAT:
        raise InvalidInput(
            f"instance {file.name}: format is {instance.format}; it must be {FORMAT}"
        )
    if not instance.name.replace("-", "").replace("_", "").isalnum():
        raise InvalidInput(
            f"instance {file.name}: name is {instance.name!r}; it must be letters, digits, - and _"
        )
    if unknown := _unknown_names(instance.problem):
        raise InvalidInput(f"instance {file.name}: {unknown}")
    return instance


def _unknown_names(problem: Problem) -> str:
    """The first name that leads nowhere or is there twice, as a text; empty if all is well."""
    sites = {site.site_id for site in problem.sites}
    classes = {of_class.class_id for of_class in problem.classes}
    lots = {lot.lot_id for lot in problem.lots}
    needs = {need.need_id for need in problem.needs}
    vehicles = {vehicle.vehicle_id for vehicle in problem.vehicles}
    for word, held, known in (
        ("site", problem.sites, sites), ("class", problem.classes, classes),
        ("lot", problem.lots, lots), ("need", problem.needs, needs),
        ("vehicle", problem.vehicles, vehicles),
    ):  # fmt: skip
        if len(held) != len(known):
            return f"{len(held)} {word} ids, {len(known)} different; each must be there once"
    asked = [
        *(("site", lot.site_id, sites, lot.lot_id) for lot in problem.lots),
        *(("site", need.place_id, sites, need.need_id) for need in problem.needs),
        *(("site", v.home_site, sites, v.vehicle_id) for v in problem.vehicles),
        *(("class", v.class_id, classes, v.vehicle_id) for v in problem.vehicles),
        *(("site", road.from_site, sites, "a road") for road in problem.roads),
        *(("site", road.to_site, sites, "a road") for road in problem.roads),
        *(("vehicle", x.vehicle_id, vehicles, "a limit") for x in problem.vehicle_limits),
    ]  # fmt: skip
    for match in problem.matches:
        asked += [
            ("lot", match.lot_id, lots, "a match"), ("need", match.need_id, needs, "a match")
        ]  # fmt: skip
    for word, name, known, where in asked:
        if name not in known:
            return f"{where} names {word} {name!r}, which is not in the problem"
    return ""
