// The option table says each default once; everybody else who names one is held to it here.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { isValue, withOptionsTable } from "../../scripts/lib/docs/options-table.mjs";
import { run } from "../cli/support/cli.mjs";
import { importSource } from "./support/source.mjs";

const {
  "options/option-table": { OPTIONS, LIMITS },
  "options/option-guide": { OPTION_GUIDE, OPTION_GUIDES, SERVER_OPTIONS },
  "options/annotation-options": { CAPTION_OPTIONS, CLICK_MARKER_OPTIONS },
} = await importSource("options/option-table", "options/option-guide", "options/annotation-options");

const text = (path) => readFileSync(fileURLToPath(new URL(`../../${path}`, import.meta.url)), "utf8");
const plain = (words) => words.replaceAll("`", "").replaceAll(/\s+/g, " ");

/** Comments of the properties of a type in types.ts, by name. */
function comments(type) {
  const [, body] = new RegExp(`^export type ${type} = \\{\\n([\\s\\S]*?)^\\};`, "m").exec(
    text("src/js/public-types.ts"),
  );
  const found = [...body.matchAll(/\/\*\*([\s\S]*?)\*\/\s*(\w+)\?:/g)];
  return Object.fromEntries(found.map(([, comment, name]) => [name, plain(comment.replaceAll(/^\s*\*/gm, ""))]));
}

/** Whether a comment names a default in one of the usual ways. */
const names = (comment, fallback) =>
  [`default ${fallback}`, `default: ${fallback}`, `${fallback} (default)`].some((way) =>
    comment.toLowerCase().includes(way.toLowerCase()),
  );

test("a default that is written as a value is the one that the table has", () => {
  const check = (fallback, [value, read]) => {
    if (value === undefined && !isValue(fallback)) return 0;
    assert.ok(isValue(fallback), `${fallback} is no value`);
    assert.deepEqual(read(JSON.parse(fallback), "it"), value);
    return 1;
  };
  let checked = 0;
  for (const [name, { fallback, flags }] of OPTION_GUIDES) {
    if (name !== "limits") checked += check(fallback, OPTIONS[name]);
    for (const { part, fallback: ofPart } of Object.values(flags)) {
      if (ofPart !== undefined) checked += check(ofPart, CAPTION_OPTIONS[part]);
    }
  }
  assert.ok(checked > 20, String(checked));
});

test("types.ts says the default of every option", () => {
  const options = comments("Options");
  assert.deepEqual(Object.keys(options).sort(), Object.keys(OPTIONS).sort());
  for (const [name, { fallback }] of OPTION_GUIDES) {
    if (fallback !== "") assert.ok(names(options[name], fallback), `${name}: ${fallback} is not in: ${options[name]}`);
  }
});

test("types.ts says the default of every part of an option", () => {
  for (const [type, rows] of [
    ["CaptionOptions", CAPTION_OPTIONS],
    ["ClickMarkerOptions", CLICK_MARKER_OPTIONS],
    ["Limits", LIMITS],
  ]) {
    const found = comments(type);
    assert.deepEqual(Object.keys(found).sort(), Object.keys(rows).sort());
    for (const [name, [value]] of Object.entries(rows)) {
      if (value === undefined) continue;
      const written = name === "color" ? `"#${value.toString(16)}"` : JSON.stringify(value);
      const grouped = typeof value === "number" && name !== "color" ? value.toLocaleString("en-US") : written;
      assert.ok(names(found[name], grouped), `${type}.${name}: ${grouped} is not in: ${found[name]}`);
    }
  }
});

test("README says the default of every option that it lists", () => {
  const [table] = /^\| option .*(?:\n\|.*)*/m.exec(text("README.md"));
  const rows = table
    .split("\n")
    .slice(2)
    .map((row) => row.split("|").map((cell) => cell.trim()));
  assert.ok(rows.length > 8);
  for (const [, cell, fallback] of rows) {
    const listed = [...cell.matchAll(/`(\w+)`/g)].map(([, name]) => name);
    assert.ok(listed.length > 0, cell);
    for (const name of listed) assert.equal(plain(fallback), OPTION_GUIDE[name]?.fallback, name);
  }
});

test("the reference of all options is what the table says; node scripts/record-options.mjs writes it again", () => {
  const guide = text("www/docs/options.md");
  assert.equal(guide, withOptionsTable(guide, OPTION_GUIDES));
  for (const [name, [value]] of Object.entries(LIMITS)) {
    assert.ok(guide.includes(`\`${name}\` (${value.toLocaleString("en-US")})`), name);
  }
});

test("the help of the command line says the default of every flag", async () => {
  const help = (await run(["make", "--help"])).stdout.toString();
  const check = (flag, fallback) => {
    const line = help.split("\n").find((each) => new RegExp(`^ {2}(-\\w, | {4})--${flag} `).test(each));
    assert.ok(line, flag);
    const isSilent = ["", "false", "none"].includes(fallback);
    if (!isSilent)
      assert.ok(line.endsWith(`; default ${fallback === "true" ? "on" : plain(fallback).replaceAll('"', "")}`), line);
    else assert.doesNotMatch(line, /; default /);
  };
  for (const [, { fallback, flags }] of OPTION_GUIDES) {
    for (const [flag, { part, fallback: ofPart = "" }] of Object.entries(flags)) check(flag, part ? ofPart : fallback);
  }
});

test("the crate has the same defaults", () => {
  const snake = (name) => name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  const defaultsIn = (path) => {
    const [, body] = /impl Default for \w+ \{[\s\S]*?Self \{([\s\S]*?)\n {8}\}/.exec(text(path));
    return Object.fromEntries([...body.matchAll(/^ {12}(\w+): (.*),$/gm)].map(([, name, value]) => [name, value]));
  };
  const source = text("src/model/gif_options.rs");
  const found = defaultsIn("src/model/gif_options.rs");
  const number = (written) => Number(written.replaceAll("_", ""));
  /** The variant that an enum has by default, as the library writes it. */
  const variant = (type) => {
    const [, body] = new RegExp(`pub enum ${type} \\{([\\s\\S]*?)^\\}`, "m").exec(source);
    const [, name] = /#\[default\]\s*(\w+)/.exec(body);
    return name.toLowerCase();
  };
  const color = (name) =>
    number(new RegExp(`const ${name}: Self = Self\\((\\w+)\\);`).exec(text("src/model/color.rs"))[1]);
  const read = (written) => {
    if (written === "None") return undefined;
    if (written === "true" || written === "false") return written === "true";
    if (written.startsWith("Color::")) return color(written.slice("Color::".length));
    if (written.startsWith("Palette::MAX_ENTRIES")) {
      return number(/const MAX_ENTRIES: usize = (\w+);/.exec(text("src/model/palette.rs"))[1]);
    }
    const type = /^(\w+)::default\(\)$/.exec(written)?.[1];
    return type ? variant(type) : number(written);
  };
  let compared = 0;
  for (const [name, [value, , to]] of Object.entries(OPTIONS)) {
    if (to !== "wasm" || name === "limits") continue;
    const written = found[name === "delay" ? "pace" : snake(name)];
    assert.ok(written, name);
    // Of a color the crate has the bytes the other way round; white has them the same.
    assert.equal(read(written), name === "repeat" && value === 0 ? "infinite" : value, name);
    compared++;
  }
  assert.ok(compared > 10, String(compared));
  const bounds = defaultsIn("src/model/limits.rs");
  for (const [name, [value]] of Object.entries(LIMITS)) assert.equal(number(bounds[snake(name)]), value, name);
  assert.equal(/^Color::from_hex\((\w+)\)$/.exec(found.mark_color)?.[1].replaceAll("_", ""), "0xff3b6b");
  assert.equal(CLICK_MARKER_OPTIONS.color[0], 0xff3b6b);
});

test("the server has the defaults that its comments and the help of the command line say", async () => {
  const values = [
    ["src/serve/server-options.ts", "SERVER_DEFAULTS"],
    ["src/serve/uploads/upload-limits.ts", "UPLOAD_LIMITS"],
  ].flatMap(([file, table]) => {
    const source = text(file);
    const [, body] = new RegExp(`^export const ${table}[^{]*\\{([\\s\\S]*?)^\\};`, "m").exec(source);
    return [...body.matchAll(/^ {2}(\w+): ([\d_]+),$/gm)].map(([, name, value]) => {
      return [name, Number(value.replaceAll("_", "")), source];
    });
  });
  assert.ok(values.length >= 6);
  for (const [name, value, source] of values) {
    const [, comment] = new RegExp(`/\\*\\*([^*]*)\\*/\\s*${name}\\?:`).exec(source);
    assert.ok(names(comment, value.toLocaleString("en-US")), `${name}: ${value} is not in: ${comment}`);
  }
  const help = (await run(["serve", "--help"])).stdout.toString();
  const { keepDays, workers } = Object.fromEntries(values);
  for (const [flag, value] of [
    ["keep-days", keepDays],
    ["workers", workers],
  ]) {
    assert.match(help, new RegExp(`--${flag} .*; default ${value}$`, "m"));
  }
});

test("a request to the server may choose what the table says and nothing that costs it more", () => {
  for (const name of ["logo", "workers", "limits", "onBadFrame", "signal", "onProgress"]) {
    assert.ok(!SERVER_OPTIONS.includes(name), name);
  }
  for (const name of ["delay", "captions", "maxBytes", "width"]) assert.ok(SERVER_OPTIONS.includes(name), name);
});

test("the dashboard offers and remembers exactly the options that the table says", async () => {
  const path = "../../www/src/options/saved-options";
  const { toOptions, defaultOptions } = (await importSource(path))[path];
  const variants = {
    camera: "follow",
    captions: "below",
    titleCard: true,
    timing: "fixed",
    plays: "1",
    length: "20",
    speed: "1.5",
    limit: "5",
    colors: "exact",
    scale: "0.5",
  };
  const options = toOptions({ ...defaultOptions, ...variants }, { title: "A task", hasCaptions: true });
  const offered = OPTION_GUIDES.filter(([, { dashboard }]) => dashboard).map(([name]) => name);
  assert.deepEqual(Object.keys(options).sort(), offered.sort());
});
