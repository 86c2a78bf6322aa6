// The drop zone: pick, drop and paste screenshots, put them in order, assemble; and what happens when one is broken.
import assert from "node:assert/strict";
import { copyFile, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { compareFramesIn } from "./support/pixels.mjs";
import { inEachBrowser, useDashboard } from "./support/setup.mjs";
import { figure, gifReady, sampleTask } from "./support/site.mjs";

const NAMES = ["shot_1.png", "shot_2.png", "shot_10.png", "shot_11.png"];

const site = useDashboard();
let folder;
/** Real screenshots under names whose natural order is not the alphabetical one. */
let files;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), "task-gif-shots-"));
  files = NAMES.map((name) => join(folder, name));
  // The last four screenshots of the editor have few new colors.
  const sources = sampleTask("code-editor").files.slice(4, 8);
  await Promise.all(files.map((file, index) => copyFile(sources[index], file)));
});

after(() => rm(folder, { recursive: true, force: true }));

inEachBrowser(({ browser, once }) => {
  const order = (page) =>
    page.evaluate(() => [...document.querySelectorAll(".shot strong")].map((element) => element.textContent));
  const cards = (page, count) => page.waitFor((wanted) => document.querySelectorAll(".shot").length === wanted, count);
  const assemble = (page) => page.click("[data-action=assemble]");
  const base64 = async (paths) => Promise.all(paths.map(async (path) => (await readFile(path)).toString("base64")));

  test("picked files stand in natural order, are moved by keyboard, and the GIF follows", async () => {
    const page = await browser.openPage(`${site.url}#/new`);
    // Given out of order, as file dialogs do.
    await page.setFiles("input[type=file]", [files[2], files[0], files[3], files[1]]);
    await cards(page, 4);
    assert.deepEqual(await order(page), NAMES);

    await page.evaluate(() => document.querySelectorAll(".shot-grip")[1].focus());
    await page.press("ArrowRight");
    assert.deepEqual(await order(page), ["shot_1.png", "shot_10.png", "shot_2.png", "shot_11.png"]);
    // The focus stays on what was moved.
    await page.press("End");
    assert.deepEqual(await order(page), ["shot_1.png", "shot_10.png", "shot_11.png", "shot_2.png"]);
    await page.press("Home");
    assert.deepEqual(await order(page), ["shot_2.png", "shot_1.png", "shot_10.png", "shot_11.png"]);

    await assemble(page);
    await gifReady(page);
    const { bytes } = await page.download("a[data-action=download]");
    const sources = await base64([files[1], files[0], files[2], files[3]]);
    const { frameCount, frames } = await compareFramesIn(page, { gif: bytes.toString("base64"), sources });
    assert.equal(frameCount, 4);
    for (const frame of frames) {
      assert.ok(frame.width > 0 && frame.mean < 1 && frame.flicker === 0, JSON.stringify(frame));
    }
    assert.deepEqual(await page.problems(), []);

    await page.click("[data-action=rearrange]");
    await cards(page, 4);
    await page.close();
  });

  test("copies stand behind what they are copies of, and an order that is a guess is said", async () => {
    const page = await browser.openPage(`${site.url}#/new`);
    const named = ["login (1).png", "login.png", "paid.png"].map((name) => join(folder, name));
    await Promise.all(named.map((file, index) => copyFile(files[index], file)));
    await page.setFiles("input[type=file]", named);
    await cards(page, 3);
    assert.deepEqual(await order(page), ["login.png", "login (1).png", "paid.png"]);
    await page.waitFor(() => document.body.textContent.includes("The names do not say the order for certain"));
    await page.close();
  });

  test("leaving asks as long as something would be lost, and edits outlive a look at the order", async () => {
    const page = await browser.openPage(`${site.url}#/new`);
    const asks = () => page.evaluate(() => !dispatchEvent(new Event("beforeunload", { cancelable: true })));
    assert.equal(await asks(), false);
    await page.setFiles("input[type=file]", files);
    await cards(page, 4);
    assert.equal(await asks(), true);
    await assemble(page);
    const first = await gifReady(page);
    await page.evaluate(() => document.querySelector("a[data-action=download]").click());
    assert.equal(await asks(), false);

    await page.evaluate(() => {
      const caption = document.querySelector('.edits [aria-label="Caption of step 2"]');
      caption.value = "The second";
      caption.dispatchEvent(new Event("change"));
    });
    assert.equal(await asks(), true);
    await gifReady(page, first);
    await page.click("[data-action=rearrange]");
    await cards(page, 4);
    await page.evaluate(() => document.querySelectorAll(".shot-grip")[1].focus());
    await page.press("End");
    await assemble(page);
    await gifReady(page);
    assert.equal(
      await page.evaluate(() => document.querySelector('.edits [aria-label="Caption of step 4"]').value),
      "The second",
    );
    assert.deepEqual(await page.problems(), []);
    await page.close();
  });

  test("files dropped anywhere on the page lead to the drop zone, others are left out", async () => {
    const page = await browser.openPage(site.url);
    await page.evaluate(
      async (pictures) => {
        const transfer = new DataTransfer();
        for (const [index, picture] of pictures.entries()) {
          const bytes = Uint8Array.from(atob(picture), (character) => character.charCodeAt(0));
          transfer.items.add(new File([bytes], `drop_${index}.png`, { type: "image/png" }));
        }
        transfer.items.add(new File(["text"], "notes.txt", { type: "text/plain" }));
        const options = { dataTransfer: transfer, bubbles: true, cancelable: true };
        document.body.dispatchEvent(new DragEvent("dragover", options));
        document.body.dispatchEvent(new DragEvent("drop", options));
      },
      await base64(files.slice(0, 2)),
    );
    await cards(page, 2);
    assert.equal(await page.evaluate(() => location.hash), "#/new");
    assert.match(
      await page.evaluate(() => document.querySelector(".toasts").textContent),
      /notes\.txt is not a picture/,
    );
    await page.close();
  });

  test("a pasted picture is added", async () => {
    const page = await browser.openPage(`${site.url}#/new`);
    await page.setFiles("input[type=file]", [files[0]]);
    await cards(page, 1);
    assert.equal(await page.evaluate(() => document.querySelector("[data-action=assemble]").disabled), true);
    await page.evaluate(
      (picture) => {
        const bytes = Uint8Array.from(atob(picture), (character) => character.charCodeAt(0));
        const transfer = new DataTransfer();
        transfer.items.add(new File([bytes], "image.png", { type: "image/png" }));
        // Not every browser lets a constructor fill the clipboard of an event.
        const event = new ClipboardEvent("paste", { bubbles: true, cancelable: true });
        Object.defineProperty(event, "clipboardData", { value: transfer });
        document.body.dispatchEvent(event);
      },
      (await base64(files.slice(1, 2)))[0],
    );
    await cards(page, 2);
    assert.equal(await page.evaluate(() => document.querySelector("[data-action=assemble]").disabled), false);
    await page.close();
  });

  once("a removed screenshot comes back with undo", async () => {
    const page = await browser.openPage(`${site.url}#/new`);
    await page.setFiles("input[type=file]", files.slice(0, 3));
    await cards(page, 3);
    await page.evaluate(() => document.querySelectorAll(".shot-grip")[1].focus());
    await page.press("Delete");
    await cards(page, 2);
    assert.deepEqual(await order(page), ["shot_1.png", "shot_10.png"]);
    await page.click(".toast-action");
    await cards(page, 3);
    assert.deepEqual(await order(page), ["shot_1.png", "shot_2.png", "shot_10.png"]);
    await page.close();
  });

  test("a broken file is named with its place and code, and the rest goes on without it", async () => {
    const broken = join(folder, "shot_5.png");
    const whole = await readFile(files[0]);
    await writeFile(broken, whole.subarray(0, 4000));
    const page = await browser.openPage(`${site.url}#/new`);
    await page.setFiles("input[type=file]", [...files, broken]);
    await cards(page, 5);
    await assemble(page);
    await page.waitFor(() => document.querySelector(".replay-editor[data-state=failed] [role=alert]"));
    const alert = await page.evaluate(() => document.querySelector("[role=alert]").textContent);
    assert.match(alert, /Screenshot 3 \(shot_5\.png\)/);
    assert.match(alert, /DECODE_FAILED/);
    await page.click("[role=alert] .button.primary");
    await gifReady(page);
    assert.equal(await figure(page, "frames"), "4");
    await page.close();
  });

  once("a file that is no picture at all is refused with its own code", async () => {
    const fake = join(folder, "shot_6.png");
    await writeFile(fake, "this is not a picture");
    const page = await browser.openPage(`${site.url}#/new`);
    await page.setFiles("input[type=file]", [files[0], files[1], fake]);
    await cards(page, 3);
    await assemble(page);
    await page.waitFor(() => document.querySelector("[role=alert]"));
    const alert = await page.evaluate(() => document.querySelector("[role=alert]").textContent);
    assert.match(alert, /Screenshot 3 \(shot_6\.png\) is not a picture/);
    assert.match(alert, /UNKNOWN_FORMAT/);
    await page.close();
  });
});
