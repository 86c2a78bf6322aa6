#!/usr/bin/env bash
# The memory of smolagents 1.26.0 cannot be saved as JSON once a step has a screenshot: get_full_steps() gives each picture
# as the bytes of its pixels (Image.tobytes()), without its width, height and mode. json.dumps refuses them, and with
# default=str what is written can be turned into a picture by nobody.
#
# Ran 2026-11-30 (Python 3.11): one step with a picture of 4x2 pixels, as a callback of a web agent adds it. No model is
# needed.
# Expected: base64 of a PNG, or width and height beside the bytes. Seen: 24 bytes, TypeError.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv env
env/bin/pip install --quiet --disable-pip-version-check smolagents==1.26.0
env/bin/python - <<'PY'
import json, sys
from PIL import Image
from smolagents.memory import ActionStep, AgentMemory
from smolagents.monitoring import Timing

memory = AgentMemory(system_prompt="")
memory.steps.append(ActionStep(step_number=1, timing=Timing(0.0, 1.0), observations_images=[Image.new("RGB", (4, 2), "red")]))
step = memory.get_full_steps()[-1]
picture = step["observations_images"][0]
print("picture:", type(picture).__name__, len(picture), "bytes; fields of the step:", ", ".join(step))
try:
    json.dumps(step)
    sys.exit("changed: it is JSON")
except TypeError as error:
    print("json.dumps:", error)
if not isinstance(picture, bytes) or len(picture) != 4 * 2 * 3:
    sys.exit("changed: other bytes than those of the pixels")
PY
