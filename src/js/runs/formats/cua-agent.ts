import type { Point } from "../../public-types.ts";
import { asNumber, asObject, asObjects, asText, type Json } from "../../task-records/json-fields.ts";
import { tryParseJson } from "../../task-records/parse-json.ts";
import { actionWords } from "../action-words.ts";
import { isPicture } from "../input/file-kind.ts";
import { folderOf, joinPath, nameOf } from "../input/record-path.ts";
import { sortNaturally } from "../natural-order/natural-order.ts";
import type { RecordFile, RecordFiles, RecordFormat, RecordMatch } from "../record-format.ts";
import type { Run } from "../run.ts";

/** Path of an artifact of a turn: `turn_003/0012_screenshot_after.png`. The file number counts through the whole trajectory. */
const ARTIFACT = /^(?<trajectory>(?:.*\/)?)turn_(?<turn>\d{3,})\/(?<number>\d{4,})_(?<kind>[a-z_]+)\.(?:png|json)$/;
/** Milliseconds from the epoch of UUID times, in 1582, to 1970. */
const UUID_EPOCH_MS = 12_219_292_800_000n;
/**
 * Trajectories of cua-agent: `turn_NNN/MMMM_screenshot_after.png`, taken after each action. The copy with a cross at the click,
 * `screenshot_action`, is left out if the plain picture exists.
 */
export const format: RecordFormat = {
  name: "cua-agent trajectory",

  async detect(files) {
    const trajectories = new Map<string, RecordFile[]>();
    for (const file of files.all) {
      const folder = ARTIFACT.exec(file.path)?.groups?.trajectory;
      if (folder !== undefined) trajectories.set(folder, [...(trajectories.get(folder) ?? []), file]);
    }
    return [...trajectories].flatMap(([slashed, artifacts]): RecordMatch[] => {
      if (!artifacts.some(isPicture)) return [];
      const folder = slashed.replace(/\/$/, "");
      const metadata = files.at(joinPath(folder, "metadata.json"));
      const main = metadata ?? artifacts[0]!;
      return [{ path: folder || main.path, claims: metadata ? [...artifacts, metadata] : artifacts, main }];
    });
  },

  async read({ claims, main, path }, files, { captionsOf }) {
    const metadata = main.name === "metadata.json" ? asObject(await main.json()) : undefined;
    const screenshots: Run["screenshots"] = [];
    for (const { picture, result } of framesOf(claims, files)) {
      const artifact = result && asObject(await result.json());
      const action = actionOf(asObject(artifact?.item));
      const timestampMs = uuidTime(artifact?.created_at);
      const caption = action && captionOf(action, captionsOf === "all");
      const click = action && pointOf(action);
      screenshots.push({
        image: picture.image(),
        number: screenshots.length + 1,
        ...(caption !== undefined && { caption }),
        ...(click && { click }),
        ...(timestampMs !== undefined && { timestampMs }),
      });
    }
    const startedAtMs = uuidTime(metadata?.created_at);
    const run: Run = {
      name: taskOf(metadata) ?? asText(metadata?.trajectory_id) ?? nameOf(path),
      ...(metadata?.status === "running" && { status: "running" }),
      ...(startedAtMs !== undefined && { startedAtMs }),
      tool: { name: "cua-agent" },
      screenshots: screenshots.every(({ timestampMs }) => timestampMs !== undefined)
        ? screenshots
        : screenshots.map(({ timestampMs: _, ...screenshot }) => screenshot),
      warnings: [],
    };
    return [run];
  },
};

const kindOf = (file: RecordFile) => ARTIFACT.exec(file.path)!.groups!.kind!;

/** A picture and the file that describes its action. */
type TurnFrame = { picture: RecordFile; result: RecordFile | undefined };

/** Returns the frames of a trajectory: the plain picture of each turn, and for the first turn also the picture before it. */
function framesOf(claims: readonly RecordFile[], files: RecordFiles): TurnFrame[] {
  const artifacts = claims.filter((file) => ARTIFACT.test(file.path));
  const numberOf = (file: RecordFile) => ARTIFACT.exec(file.path)!.groups!.number!;
  const byNumber = new Map(artifacts.map((file) => [`${numberOf(file)} ${file.path}`, file]));
  const turns = new Map<string, RecordFile[]>();
  for (const key of sortNaturally([...byNumber.keys()])) {
    const file = byNumber.get(key)!;
    turns.set(folderOf(file.path), [...(turns.get(folderOf(file.path)) ?? []), file]);
  }
  return [...turns.values()].flatMap((turn, i) => {
    const of = (kind: RegExp) => turn.filter((file) => isPicture(file) && kind.test(kindOf(file)));
    const plain = of(/^screenshot(?:_after)?$/);
    const shown = plain.length > 0 ? plain : of(/^screenshot_action$/);
    const before = i === 0 || shown.length === 0 ? of(/^screenshot_before$/).slice(0, 1) : [];
    const result = turn.find((file) => /^(?:computer|function)_call_result$/.test(kindOf(file)));
    return [
      ...before.map((picture) => ({ picture, result: undefined })),
      ...shown.map((picture) => ({ picture: files.at(picture.path) ?? picture, result })),
    ];
  });
}

/** Returns the action of a call: of a computer call, or the arguments of a function. */
function actionOf(item: Json | undefined): Json | undefined {
  const action = asObject(item?.action);
  if (action) return action;
  const input = typeof item?.arguments === "string" ? tryParseJson(item.arguments) : item?.arguments;
  return asObject(input);
}

function captionOf(action: Json, showsTyped: boolean): string | undefined {
  const type = asText(action.type) ?? asText(action.action);
  if (type === undefined || type === "screenshot") return undefined;
  const words = actionWords(type);
  if (words === "Type") return showsTyped && asText(action.text) ? `Type ${asText(action.text)}` : words;
  if (words === "Press") return [words, ...keysOf(action)].join(" ");
  return words === "Open" && asText(action.url) ? `Open ${asText(action.url)}` : words;
}

/** Returns named keys only: a single letter may be typed text. */
function keysOf({ keys, key }: Json): string[] {
  const names = (Array.isArray(keys) ? keys : [key]).filter((name) => typeof name === "string");
  return names.some((name) => [...name].length > 1) ? [names.join("+")] : [];
}

function pointOf(action: Json): Point | undefined {
  const [x, y] = Array.isArray(action.coordinate) ? action.coordinate : [action.x, action.y];
  const [left, top] = [asNumber(x), asNumber(y)];
  return left === undefined || top === undefined ? undefined : { left, top };
}

/** Converts a time of `uuid1`, as text in units of 100 ns since 1582, to ms since 1970. */
function uuidTime(value: unknown): number | undefined {
  return typeof value === "string" && /^\d{15,20}$/.test(value)
    ? Number(BigInt(value) / 10_000n - UUID_EPOCH_MS)
    : undefined;
}

/** Returns the task in the words of the user. */
function taskOf(metadata: Json | undefined): string | undefined {
  const messages = asObjects(asObject(metadata?.kwargs)?.messages);
  const { content } = messages.find(({ role }) => role === "user") ?? {};
  if (typeof content === "string") return asText(content);
  return asText(asObjects(content).find(({ text }) => typeof text === "string")?.text);
}
