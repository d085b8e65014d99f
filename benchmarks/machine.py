"""Say on what figures were measured: a figure without its machine is none."""

import os
import platform
from pathlib import Path
from typing import Any


def describe() -> dict[str, Any]:
    """Name the processor, its cores, the memory, the system and Python, and how busy the machine was before."""
    return {
        "processor": _processor(),
        "cores": os.cpu_count(),
        "memory_gb": _memory_gb(),
        "system": platform.platform(),
        "python": platform.python_version(),
        "load_before": [round(load, 2) for load in os.getloadavg()] if hasattr(os, "getloadavg") else [],
    }


def in_words(machine: dict[str, Any]) -> str:
    """Write a description of a machine as one sentence; what a benchmark added to it comes last."""
    own = {"processor", "cores", "memory_gb", "system", "python", "load_before"}
    words = [machine["processor"], f"{machine['cores']} cores", f"{machine['memory_gb']} GB of memory", machine["system"]]
    words += [f"Python {machine['python']}", *(f"{name} {value}" for name, value in machine.items() if name not in own)]
    load = ", ".join(f"{load:.2f}" for load in machine["load_before"]) or "unknown"
    return f"{', '.join(words)}; load before the run: {load}."


def _processor() -> str:
    known = Path("/proc/cpuinfo")
    lines = known.read_text().splitlines() if known.exists() else []
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), platform.processor())


def _memory_gb() -> float | None:
    if not hasattr(os, "sysconf") or "SC_PHYS_PAGES" not in os.sysconf_names:
        return None
    return round(os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / 1e9, 1)
