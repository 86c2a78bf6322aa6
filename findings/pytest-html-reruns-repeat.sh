#!/usr/bin/env bash
# pytest-html 4.2.0 with pytest-rerunfailures 16.7 writes more tries of a test than there were, and gives each the extras
# of the tries before it.
#
# Ran 2026-11-29 (Python 3.11, pytest 9.2.0): a test that fails twice and then passes, each try with one extra of its own.
# Expected: Rerun [1], Rerun [2], Passed [3]. Seen in data-jsonblob: five rows "Rerun" with [1], [1, 2], [1, 2], [1, 2, 3],
# [1, 2, 3], then Passed [1, 2, 3]: the last tries show the extras of a failure that they did not have.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv env
env/bin/pip install --quiet --disable-pip-version-check pytest==9.2.0 pytest-html==4.2.0 pytest-rerunfailures==16.7
cat > conftest.py <<'PY'
import pytest, pytest_html

@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item, call):
    report = (yield).get_result()
    if report.when == "call":
        report.extras = [pytest_html.extras.html(str(item.module.tries))]
PY
cat > test_tries.py <<'PY'
import pytest
tries = 0

@pytest.mark.flaky(reruns=2)
def test_tries():
    global tries
    tries += 1
    assert tries == 3
PY
env/bin/pytest -q -p no:cacheprovider --html=report.html test_tries.py >/dev/null
rows=$(env/bin/python - <<'PY'
import html, json, re
data = json.loads(html.unescape(re.search(r'data-jsonblob="([^"]*)"', open("report.html").read())[1]))
for [name, tries] in data["tests"].items():
    print(" ".join(t["result"] + "[" + ",".join(e["content"] for e in t["extras"]) + "]" for t in tries))
PY
)
echo "rows: $rows"
expected="Rerun[1] Rerun[1,2] Rerun[1,2] Rerun[1,2,3] Rerun[1,2,3] Passed[1,2,3]"
[ "$rows" = "$expected" ] || { echo "changed: expected $expected"; exit 1; }
