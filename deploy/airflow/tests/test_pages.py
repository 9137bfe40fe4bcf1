from __future__ import annotations

from itertools import pairwise

import pytest
from conftest import run_of

from debr.pages import MOST_TASKS, folder, land_arguments, ranges, seed

PARAMS = {"source": "synthetic", "results": 1001, "page_size": 100, "pages_per_task": 4}


@pytest.mark.parametrize("results", [1, 99, 100, 101, 12_345])
@pytest.mark.parametrize("page_size", [1, 100, 5000])
@pytest.mark.parametrize("per_task", [13, 1000])
def test_the_ranges_have_each_page_once(results: int, page_size: int, per_task: int) -> None:
    found = [tuple(map(int, each.split("-"))) for each in ranges(results, page_size, per_task)]
    assert found[0][0] == 1
    assert all(after == end + 1 for (_, end), (after, _) in pairwise(found))
    assert (found[-1][1] - 1) * page_size < results <= found[-1][1] * page_size
    assert all(0 < end - start + 1 <= per_task for start, end in found)


def test_too_many_tasks_for_airflow_are_refused() -> None:
    assert len(ranges(MOST_TASKS, 1, 1)) == MOST_TASKS
    with pytest.raises(ValueError, match="1025 tasks are too many: raise pages_per_task"):
        ranges(MOST_TASKS + 1, 1, 1)


def test_every_kind_of_run_of_a_day_has_the_same_seed() -> None:
    night = seed(PARAMS, run_of("2026-03-04"))
    assert night == "debr-20260304"
    assert seed(PARAMS, run_of("2026-03-04", "backfill")) == night
    assert seed(PARAMS, run_of("2026-03-05")) != night
    assert seed(PARAMS, run_of(None, "manual")) == "debr-20260506"
    assert seed({**PARAMS, "seed": "mine"}, run_of()) == "mine"


def test_each_run_has_a_folder_with_a_safe_name() -> None:
    assert folder("manual__2026-03-04T00:00:00+00:00") == (
        "data/raw/manual_2026-03-04T00_00_00_00_00"
    )
    assert folder("../../etc") == "data/raw/.._.._etc"
    assert folder("a b;c") == "data/raw/a_b_c"


def test_each_land_has_the_request_and_its_pages() -> None:
    first, *others = land_arguments({**PARAMS, "nat": "us,gb", "api": None}, run_of())
    assert first == [
        *["land", "--source", "synthetic", "--seed", "debr-20260304", "--results", "1001"],
        *["--page-size", "100", "--nat", "us,gb", "--pages", "1-4"],
        *["--out", "data/raw/scheduled_2026-03-04T00_00_00_00_00", "--json"],
    ]
    pages = [each[each.index("--pages") + 1] for each in others]
    assert pages == ["5-8", "9-11"]


def test_another_api_is_used_only_with_the_source_api() -> None:
    params = {**PARAMS, "api": "https://people.example/api"}
    assert "--api" not in land_arguments(params, run_of())[0]
    first = land_arguments({**params, "source": "api"}, run_of())[0]
    assert first[first.index("--api") + 1] == "https://people.example/api"
