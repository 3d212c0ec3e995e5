"""What holds for all tests: property tests have no deadline and, in CI, no chance; slow tests are marked as such."""

from __future__ import annotations

import os

import pytest
from hypothesis import settings

# A deadline is wall-clock time, which a busy machine takes from us. In CI the same examples every time: a change is
# judged by itself, not by luck. Elsewhere they are new in every run, which is how faults are found.
settings.register_profile("ours", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True, database=None)
settings.load_profile("ci" if os.environ.get("CI") else "ours")

# Tests that start processes, draw pictures, open browsers or read very long texts, by file or by name.
# ``make test-quick`` leaves them out.
SLOW = {
    "test_batch", "test_charts", "test_cli", "test_cluster", "test_docs", "test_gallery", "test_hostile",
    "test_injection", "test_outputs", "test_package", "test_page", "test_phrases", "test_site",
    "test_a_million_quotation_marks", "test_command_line", "test_packed_bombs", "test_import_loads_nothing_heavy",
}  # fmt: skip


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if not SLOW.isdisjoint((item.path.stem, getattr(item, "originalname", item.name))):
            item.add_marker("slow")
