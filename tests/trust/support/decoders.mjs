// Digests of the frames of GIFs as other decoders show them.
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { decodeFrames } from "modern-gif";
import { findPython } from "../../../scripts/lib/browsers.mjs";
import { which } from "../../../scripts/lib/process.mjs";
import { rgbOf } from "./rgb.mjs";

const run = promisify(execFile);
const MOST_BYTES = 1 << 28;
export const sha256 = (bytes) => createHash("sha256").update(bytes).digest("hex");

/** Digests of frames that lie one after the other, three bytes a pixel. */
function digests(pixels, width, height) {
  const size = width * height * 3;
  return Array.from({ length: pixels.length / size }, (_, i) => sha256(pixels.subarray(i * size, (i + 1) * size)));
}

/** As Pillow shows them, file by file. */
export async function byPillow(paths) {
  const script = fileURLToPath(new URL("frames.py", import.meta.url));
  return jsonLines(await run(findPython(), [script, ...paths], { maxBuffer: MOST_BYTES }));
}

/** As java.awt.Toolkit shows them, which Swing uses; undefined where there is no JDK. */
export async function byJava(paths) {
  if (!which("javac")) return undefined;
  const program = fileURLToPath(new URL("Frames.java", import.meta.url));
  return jsonLines(await run("java", [program, ...paths], { maxBuffer: MOST_BYTES }));
}

/** As GdkPixbuf shows them, which GNOME uses; undefined where it is not installed. `counts` are the images of each file. */
export async function byGdkPixbuf(paths, counts) {
  const script = fileURLToPath(new URL("frames_gdkpixbuf.py", import.meta.url));
  const python = "/usr/bin/python3";
  const probe = "import gi; gi.require_version('GdkPixbuf', '2.0'); from gi.repository import GdkPixbuf";
  if (!(await run(python, ["-c", probe]).catch(() => undefined))) return undefined;
  const args = paths.flatMap((path, i) => [String(counts[i]), path]);
  return jsonLines(await run(python, [script, ...args], { maxBuffer: MOST_BYTES }));
}

/** As modern-gif shows the frames of one file. */
export async function byModernGif(bytes) {
  return (await decodeFrames(bytes)).map(({ data }) => sha256(rgbOf(data)));
}

const jsonLines = ({ stdout }) =>
  stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));

/** As ffmpeg shows the frames of one file, which is not to say anything about it. */
export async function byFfmpeg(path, width, height) {
  const args = ["-v", "error", "-xerror", "-i", path, "-fps_mode", "passthrough", "-f", "rawvideo"];
  const options = { encoding: "buffer", maxBuffer: MOST_BYTES };
  const { stdout, stderr } = await run("ffmpeg", [...args, "-pix_fmt", "rgb24", "-"], options);
  if (stderr.length > 0) throw new Error(`ffmpeg says ${stderr}`);
  return digests(stdout, width, height);
}

/** As gif-dispose shows them. */
export async function byGifDispose(native, path, width, height) {
  return digests(await native.frames(path), width, height);
}

/** What gifsicle has to say against a file, where it is installed. */
export async function byGifsicle(paths) {
  const program = which("gifsicle");
  if (!program) return "";
  const { stderr } = await run(program, ["--no-ignore-errors", "--info", ...paths], { maxBuffer: MOST_BYTES }).catch(
    (error) => error,
  );
  return stderr;
}

/** As the package's own player shows them. */
export async function byPlayer(GifPlayer, bytes, count) {
  const player = await GifPlayer.open(bytes);
  const digests = [];
  for (let index = 0; index < count; index++) {
    const { data } = await player.frame(index);
    digests.push(sha256(rgbOf(data)));
  }
  player.close();
  return digests;
}
