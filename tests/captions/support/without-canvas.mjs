// Assembles with captions as where @napi-rs/canvas is not installed; prints what comes of it.
import "../../cli/support/no-canvas.mjs";
import { blobsOf } from "../../node/support/fixtures.mjs";

const { assembleGif } = await import("task-gif");
const screenshots = blobsOf("shop").map((image, i) => ({ image, caption: `Step ${i}` }));
const options = { delay: 1000, title: "A task", stepNumbers: true };
const { height, frames, stats } = await assembleGif(screenshots, { ...options, captions: true });
const required = await assembleGif(screenshots, { ...options, captions: { required: true } }).catch(({ code }) => code);
console.log(JSON.stringify({ height, frames: frames.length, warnings: stats.warnings, required }));
