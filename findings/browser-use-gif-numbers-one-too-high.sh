#!/usr/bin/env bash
# The GIF that browser-use 0.13.14 makes of a history (create_history_gif) numbers steps by their place in the list, not by
# metadata.step_number: a history that begins with step 0, the navigation without a picture that a task with an address
# gets, has the agent's step 1 labelled 2, and so on.
#
# Ran 2026-11-30 (Python 3.11): a history of the steps 0 (no picture), 1 and 2; the texts that are drawn on
# the frames are noted. No browser and no model is needed.
# Expected: 1 and 2. Seen: 2 and 3.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv env
env/bin/pip install --quiet --disable-pip-version-check browser-use==0.13.14
seen=$(HOME=$folder ANONYMIZED_TELEMETRY=false env/bin/python - 2>/dev/null <<'PY'
from PIL import Image, ImageDraw
from browser_use.agent.gif import create_history_gif
from browser_use.agent.views import ActionResult, AgentHistory, AgentHistoryList, AgentOutput, StepMetadata
from browser_use.browser.views import BrowserStateHistory

def step(number):
    picture = None
    if number > 0:
        picture = f"step_{number}.png"
        Image.new("RGB", (800, 600), "white").save(picture)
    output = AgentOutput(
        thinking=None, evaluation_previous_goal="", memory="", next_goal=f"Goal of step {number}", action=[],
    ) if number > 0 else None
    return AgentHistory(
        model_output=output, result=[ActionResult(extracted_content="done")],
        state=BrowserStateHistory(
            url="https://shop.example/", title="", tabs=[], interacted_element=[], screenshot_path=picture,
        ),
        metadata=StepMetadata(step_start_time=number, step_end_time=number + 1, step_number=number),
    )

drawn = []
text = ImageDraw.ImageDraw.text
def note(self, position, value, *rest, **options):
    drawn.append(value)
    return text(self, position, value, *rest, **options)
ImageDraw.ImageDraw.text = note
create_history_gif("Buy a kettle", AgentHistoryList(history=[step(0), step(1), step(2)]), output_path="run.gif", show_task=False)
print(" ".join(value for value in drawn if value.isdigit()))
PY
)
echo "numbers on the frames of the steps 1 and 2: $seen"
expected="2 3"
[ "$seen" = "$expected" ] || { echo "changed: expected $expected"; exit 1; }
