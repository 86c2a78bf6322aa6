// Pydantic AI: the messages of a run whose model uses a computer tool.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { installPython, runTool } from "../../install.mjs";
import { makeScreenshots } from "../../stall.mjs";

const SCRIPT = `from pathlib import Path
from pydantic_ai import Agent, BinaryContent
from pydantic_ai.messages import ModelResponse, TextPart, ToolCallPart
from pydantic_ai.models.function import FunctionModel

CALLS = [
    ("The stall is open.", {"action": "screenshot"}),
    ("I type the fruit.", {"action": "type", "text": "Apple"}),
    ("I add it.", {"action": "left_click", "coordinate": [300, 90]}),
    ("I check out.", {"action": "left_click", "coordinate": [400, 90]}),
]
turn, state = 0, 0

def answer(messages, info):
    global turn
    turn += 1
    if turn > len(CALLS):
        return ModelResponse(parts=[TextPart("Done.")])
    text, arguments = CALLS[turn - 1]
    return ModelResponse(parts=[TextPart(text), ToolCallPart("computer", arguments, tool_call_id=f"call{turn}")])

agent = Agent(FunctionModel(answer))

@agent.tool_plain
def computer(action: str, coordinate: list[int] | None = None, text: str | None = None):
    global state
    state += action != "screenshot"
    return BinaryContent(data=Path(f"shots/{state}.png").read_bytes(), media_type="image/png")

Path("messages.json").write_bytes(agent.run_sync("Order an apple").all_messages_json())
`;

export const pydanticAi = {
  version: "2.68.0",
  make(folder, version) {
    const python = installPython(folder, [`pydantic-ai-slim==${version}`]);
    makeScreenshots(folder);
    writeFileSync(join(folder, "make.py"), SCRIPT);
    const log = runTool(python, ["make.py"], folder);
    const captions = [/The stall is open/, /I type the fruit/, /I add it/, /I check out/];
    return {
      log,
      records: [{ path: "messages.json", states: "0123", captions, clicks: 2, warnings: ["MEANING_GUESSED"] }],
    };
  },
};
