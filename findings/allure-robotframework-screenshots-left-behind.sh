#!/usr/bin/env bash
# allure-robotframework 2.16.2 attaches what a keyword logs as HTML, and not the screenshot that the HTML names: the
# results have an <img> with a relative path to a file that is not among them, so that reports show a broken image.
#
# Ran 2026-11-30 (Python 3.11, robotframework 7.5): a keyword that saves a picture and logs it as SeleniumLibrary does.
# Expected: the picture among the attachments, as with other adapters. Seen: one attachment, text/html.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv env
env/bin/pip install --quiet --disable-pip-version-check robotframework==7.5 allure-robotframework==2.16.2
cat > Camera.py <<'PY'
import base64
from robot.api import logger
PNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
def capture_page_screenshot():
    with open("screenshot-1.png", "wb") as file:
        file.write(base64.b64decode(PNG))
    logger.info('<a href="screenshot-1.png"><img src="screenshot-1.png" width="800px"></a>', html=True)
PY
printf '%s\n' '*** Settings ***' 'Library    Camera.py' '*** Test Cases ***' 'Shows' '    Capture Page Screenshot' > shows.robot
env/bin/robot --pythonpath . --listener 'allure_robotframework;results' shows.robot >/dev/null
env/bin/python - <<'PY'
import glob, json
result = json.load(open(glob.glob("results/*-result.json")[0]))
[attachment] = result["steps"][0]["attachments"]
html = open("results/" + attachment["source"]).read()
pictures = glob.glob("results/*.png")
print("attachment:", attachment["name"], attachment["type"], "- it holds:", html.strip()[:160])
print("pictures among the results:", pictures)
assert attachment["type"] == "text/html" and 'src="screenshot-1.png"' in html and not pictures, "changed"
PY
