#!/usr/bin/env bash
# Inspect 0.3.285 writes its logs (.eval) as zip archives whose entries are packed with Zstandard (method 93): the Python
# that wrote one cannot read it with zipfile, nor can unzip 6.0 or a browser. As JSON, which Inspect can write too, the same
# log has all of it.
#
# Ran 2026-11-30 (Python 3.11): write_eval_log of a log without samples, then zipfile in another process.
# Expected: the entries can be read. Seen: NotImplementedError, method 93.
# Python before 3.14, whose zipfile has no Zstandard: its path in PYTHON311, or as python3.11 or python3 in PATH.
set -euo pipefail
python=${PYTHON311:-$(command -v python3.11 || command -v python3)}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > write.py <<'PY'
from inspect_ai.log import EvalConfig, EvalDataset, EvalLog, EvalSpec, write_eval_log

spec = EvalSpec(created="2026-11-30T13:43:04+00:00", task="stall", dataset=EvalDataset(), model="mockllm/model", config=EvalConfig())
write_eval_log(EvalLog(eval=spec, samples=[]), "log.eval")
PY
cat > read.py <<'PY'
import zipfile

archive = zipfile.ZipFile("log.eval")
methods = sorted({entry.compress_type for entry in archive.infolist()})
try:
    print(methods, len(archive.read("header.json")) > 0)
except NotImplementedError as error:
    print(methods, error)
PY
"$python" -m venv env
env/bin/pip install --quiet --disable-pip-version-check inspect-ai==0.3.285
env/bin/python write.py > written.txt 2>&1 || { tail -5 written.txt; exit 1; }
seen=$("$python" read.py)
echo "$seen"
expected="[93] That compression method is not supported"
[ "$seen" = "$expected" ] || { echo "changed: expected $expected"; exit 1; }
