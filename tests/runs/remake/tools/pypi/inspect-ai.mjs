// Inspect: the log, as JSON, of an evaluation whose model uses a computer tool.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { installPython, runTool } from "../../install.mjs";
import { makeScreenshots } from "../../stall.mjs";

const SCRIPT = `import base64
import types
from pathlib import Path
import tiktoken
from inspect_ai import Task, eval
from inspect_ai.dataset import Sample
from inspect_ai.model import ContentImage, ModelOutput, get_model
from inspect_ai.solver import generate, use_tools
from inspect_ai.tool import tool

# Its tables are downloaded: tokens are counted by words here.
tiktoken.get_encoding = lambda name: types.SimpleNamespace(encode=lambda text, **options: text.split())
state = 0

@tool
def computer():
    async def execute(action: str, coordinate: list[int] | None = None, text: str | None = None):
        """Use the computer.

        Args:
            action: What to do.
            coordinate: Where to click.
            text: What to type.
        """
        global state
        state += action != "screenshot"
        picture = base64.b64encode(Path(f"shots/{state}.png").read_bytes()).decode()
        return [ContentImage(image=f"data:image/png;base64,{picture}")]
    return execute

def call(said, **arguments):
    return ModelOutput.for_tool_call("mockllm/model", "computer", arguments, content=said)

answers = [
    call("The stall is open.", action="screenshot"),
    call("I type the fruit.", action="type", text="Apple"),
    call("I add it.", action="left_click", coordinate=[300, 90]),
    call("I check out.", action="left_click", coordinate=[400, 90]),
    ModelOutput.from_content("mockllm/model", "Done."),
]
task = Task(dataset=[Sample(input="Order an apple")], solver=[use_tools(computer()), generate()])
eval(task, model=get_model("mockllm/model", custom_outputs=answers), log_format="json", log_dir="logs", display="none")
`;

export const inspectAi = {
  version: "0.3.285",
  make(folder, version) {
    const python = installPython(folder, [`inspect-ai==${version}`]);
    makeScreenshots(folder);
    writeFileSync(join(folder, "make.py"), SCRIPT);
    const log = runTool(python, ["make.py"], folder);
    const run = { states: "0123", captions: [/The stall is open/, /I type the fruit/, /I add it/, /I check out/] };
    return { log, records: [{ ...run, path: "logs", clicks: 2 }] };
  },
};
