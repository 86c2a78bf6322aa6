#!/usr/bin/env bash
# cua-agent 0.4.13 says that it runs with Python 3.11 (Requires-Python: >=3.11), and pip installs it there, but
# `import agent` is a SyntaxError: an f-string in agent/agent.py holds the quotes that it stands in, which only Python 3.12
# and later read.
#
# Ran 2026-11-30 (Python 3.11.7): the package without its dependencies, which are not needed to compile it.
# Expected: it compiles, or pip refuses it. Seen: pip installs it, agent/agent.py does not compile.
# Needs Python 3.11: its path in PYTHON311, or as python3.11 or python3 in PATH.
set -euo pipefail
for python in "${PYTHON311:-}" python3.11 python3; do
  if [ "$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null)" = 3.11 ]; then break; fi
  python=
done
[ -n "$python" ] || { echo "needs Python 3.11"; exit 1; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
"$python" -m venv env
env/bin/pip install --quiet --disable-pip-version-check --no-deps cua-agent==0.4.13
package=$(env/bin/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))')
grep -h "^Requires-Python" "$package"/cua_agent-0.4.13.dist-info/METADATA
if env/bin/python -m py_compile "$package/agent/agent.py" 2> error.txt; then
  echo "changed: it compiles"
  exit 1
fi
cat error.txt
grep -q "f-string: unmatched" error.txt || { echo "changed: another error"; exit 1; }
