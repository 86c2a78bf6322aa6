#!/usr/bin/env bash
# The JSON report of Behave 1.3.3 does not say why a step failed that raised anything but an AssertionError: its result is
# { "status": "error", "duration": ... } without the `error_message` that a failed assertion has, and that 1.2.6 wrote for
# both.
#
# Ran 2026-11-30 (Python 3.11): one step that raises ValueError("the coupon is gone"), one that asserts False, with
# `--format json`, in 1.2.6 and 1.3.3.
# Expected: the message of both steps in both versions. Seen: 1.3.3 has that of the assertion alone.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
mkdir -p features/steps
cat > features/stall.feature <<'FEATURE'
Feature: Stall
  Scenario: raises
    When a coupon is used
  Scenario: asserts
    When the price is checked
FEATURE
cat > features/steps/steps.py <<'PY'
from behave import when

@when("a coupon is used")
def use(context):
    raise ValueError("the coupon is gone")

@when("the price is checked")
def check(context):
    assert False, "the price is wrong"
PY
cat > told.py <<'PY'
import json, sys

report = json.load(open(sys.argv[1]))
results = [step["result"] for element in report[0]["elements"] for step in element["steps"]]
print(" ".join(f"{result['status']}:{'told' if 'error_message' in result else 'untold'}" for result in results))
PY
told() {
  python3 -m venv "venv-$1"
  "venv-$1/bin/pip" install -q --disable-pip-version-check "behave==$1" setuptools==80.9.0
  "venv-$1/bin/behave" --format json --outfile "$1.json" > /dev/null 2>&1 || true # both scenarios fail on purpose
  "venv-$1/bin/python" told.py "$1.json"
}
before=$(told 1.2.6)
now=$(told 1.3.3)
echo "1.2.6: $before"
echo "1.3.3: $now"
[ "$before" = "failed:told failed:told" ] || { echo "1.2.6 went otherwise"; exit 1; }
if [ "$now" = "error:told failed:told" ]; then
  echo "changed: the message is there"
  exit 1
fi
[ "$now" = "error:untold failed:told" ]
echo "the message of the error is not in the report"
