// The reader of WebAssembly binaries that guards simd128, on binaries made by hand.
import assert from "node:assert/strict";
import { test } from "node:test";
import { assertSimd } from "../../scripts/lib/wasm.mjs";
import { inspectWasm } from "../../scripts/lib/wasm-inspect.mjs";

const HEADER = [0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0];

const section = (id, bytes) => [id, bytes.length, ...bytes];
const body = (...instructions) => [instructions.length + 1, 0, ...instructions];

/** A binary of functions without parameters, results or local variables. */
function wasm(...functions) {
  return new Uint8Array([
    ...HEADER,
    ...section(1, [1, 0x60, 0, 0]),
    ...section(3, [functions.length, ...functions.map(() => 0)]),
    ...section(5, [1, 0, 1]),
    ...section(10, [functions.length, ...functions.flatMap((code) => body(...code))]),
  ]);
}

const END = 0x0b;
const DROP = 0x1a;
// i32.const 0, v128.load, drop
const LOAD = [0x41, 0, 0xfd, 0x00, 4, 0, DROP];

test("vector instructions are counted", () => {
  const bytes = wasm([...LOAD, ...LOAD, END], [END]);
  assert.ok(WebAssembly.validate(bytes));
  assert.deepEqual(inspectWasm(bytes), {
    functions: 2,
    vectorFunctions: 1,
    instructions: 8,
    vectorInstructions: 2,
    features: [],
  });
});

test("the prefix byte inside a constant is not an instruction", () => {
  // i64.const and f64.const whose bytes are all 0xfd
  const integer = [0x42, 0xfd, 0xfd, 0xfd, 0xfd, 0x7d, DROP];
  const float = [0x44, ...Array(8).fill(0xfd), DROP];
  const bytes = wasm([...integer, ...float, END]);
  assert.ok(WebAssembly.validate(bytes));
  assert.equal(inspectWasm(bytes).vectorInstructions, 0);
});

test("branch tables, lanes and vector constants are skipped whole", () => {
  const table = [0x02, 0x40, 0x41, 0, 0x0e, 2, 0, 0, 0, END];
  const constant = [0xfd, 12, ...Array(16).fill(0xfd), 0xfd, 21, 3, DROP];
  // i32.const 0, v128.const, v128.load8_lane 5, drop
  const lane = [0x41, 0, 0xfd, 12, ...Array(16).fill(0), 0xfd, 84, 0, 0, 5, DROP];
  const bytes = wasm([...table, ...constant, ...lane, END]);
  assert.ok(WebAssembly.validate(bytes));
  assert.equal(inspectWasm(bytes).vectorInstructions, 4);
});

test("the compiler's list of features is read", () => {
  const name = (word) => [word.length, ...new TextEncoder().encode(word)];
  const features = [...name("target_features"), 2, 0x2b, ...name("simd128"), 0x2d, ...name("atomics")];
  assert.deepEqual(inspectWasm(new Uint8Array([...HEADER, ...section(0, features)])).features, ["simd128"]);
});

test("a binary that lost simd128 is refused", () => {
  assert.throws(() => assertSimd(wasm([...LOAD, END], [END]), { minVectorFunctions: 2 }), {
    name: "StepError",
    message: /^the binary was not built with simd128: /,
  });
});

test("what is no binary, or ends early, is an error", () => {
  assert.throws(() => inspectWasm(new TextEncoder().encode("<!doctype html>")), /not a WebAssembly binary/);
  assert.throws(() => inspectWasm(wasm([END]).subarray(0, -2)), /ends in the middle|exact end/);
});
