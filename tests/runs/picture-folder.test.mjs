// Folders of pictures: which of them are runs, and which pictures belong to none.
import assert from "node:assert/strict";
import { test } from "node:test";
import { crc32 } from "node:zlib";
import { readRuns } from "task-gif/runs";
import { filesOf } from "./support/fixtures.mjs";
import { folderOf, namesOf, PNG } from "./support/picture-folder.mjs";
import { zipOf } from "./support/zip.mjs";

test("each folder with pictures is a run; small doubles are left out, files of another kind are named", async () => {
  const files = folderOf(["a/1.png", "a/2.png", "a/thumbnails/1.png", "b/c/1.png", "b/.hidden.png"]);
  files.set("a/clip.webm", Buffer.from("1a45dfa3", "hex"));
  files.set("a/.DS_Store", Buffer.from("x"));
  const runs = await readRuns(files);
  assert.deepEqual(
    runs.map(({ name, screenshots }) => [name, screenshots.length]),
    [
      ["a", 2],
      ["b/c", 1],
    ],
  );
  assert.deepEqual(
    runs[0].warnings.map(({ code, message }) => [code, /clip\.webm/.test(message), /DS_Store/.test(message)]),
    [["FILES_SKIPPED", true, false]],
  );
});

test("pictures beside a record that does not mention them are not taken", async () => {
  const files = filesOf("pytest-html-4.2.0");
  const before = await readRuns(files);
  files.set("other/1.png", PNG);
  files.set("beside.png", PNG);
  assert.deepEqual(
    (await readRuns(files)).map(({ name }) => name),
    before.map(({ name }) => name),
  );
});

test("pictures beside an archive with a record are not taken either", async () => {
  const output = filesOf("robotframework-browser-20.6.0").get("output.xml");
  const files = new Map([["run/output.zip", storedZip("output.xml", output)]]).set("run/added.png", PNG);
  assert.deepEqual(
    (await readRuns(files)).map(({ tool }) => tool.name),
    ["Robot Framework", "Robot Framework"],
  );
});

/** A zip archive with one file, not compressed. */
function storedZip(name, bytes) {
  const common = Buffer.alloc(26);
  common.writeUInt16LE(20, 0);
  common.writeUInt32LE(crc32(bytes), 10);
  common.writeUInt32LE(bytes.length, 14);
  common.writeUInt32LE(bytes.length, 18);
  common.writeUInt16LE(name.length, 22);
  const local = Buffer.concat([Buffer.from("PK\x03\x04"), common, Buffer.from(name), bytes]);
  const central = Buffer.concat([Buffer.from("PK\x01\x02\x14\0"), common, Buffer.alloc(14), Buffer.from(name)]);
  const end = Buffer.alloc(22);
  end.write("PK\x05\x06", "latin1");
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(local.length, 16);
  return Buffer.concat([local, central, end]);
}

test("a folder beside records in an archive is a run, as it is outside of one", async () => {
  const files = filesOf("testcafe-3.7.6");
  const names = async (input) => (await readRuns(input)).map(({ name, screenshots }) => [name, screenshots.length]);
  const packed = await names(new Map([["artifact.zip", zipOf([...files])]]));
  assert.deepEqual(
    packed.map(([name, count]) => [name.replace(/^artifact\.zip\//, ""), count]),
    await names(files),
  );
});

test("pictures of visual comparisons are no steps of a run", async () => {
  const comparisons = [
    ["login-actual.png", "login-diff.png", "login-expected.png"],
    ["actual/login.png", "diff/login.png", "expected/login.png"],
    ["bitmaps_reference/login.png", "bitmaps_test/20261130-070000/login.png"],
  ];
  for (const names of comparisons) {
    const { code, message } = await readRuns(folderOf(names)).catch((error) => error);
    assert.equal(code, "UNKNOWN_RECORD");
    assert.match(message, /pictures of a visual comparison/);
    const runs = await readRuns(folderOf([...names, "steps/1.png", "steps/2.png"]));
    assert.deepEqual(await Promise.all(runs.map(namesOf)), [["steps/1.png", "steps/2.png"]]);
  }
  const [whole] = await readRuns(folderOf(["1-expected.png", "2-actual.png", "3.png"]));
  assert.equal(whole.screenshots.length, 3);
  const [mixed] = await readRuns(folderOf(["1.png", "2.png", ...comparisons[0]]));
  assert.deepEqual(
    [await namesOf(mixed), mixed.warnings.map(({ code }) => code)],
    [["1.png", "2.png"], ["FILES_SKIPPED"]],
  );
});
