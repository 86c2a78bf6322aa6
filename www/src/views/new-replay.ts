import { countLine } from "../compose/count-line.ts";
import { recordIn } from "../compose/dropped-files.ts";
import { DroppedScreenshot, toReplayScreenshot } from "../compose/dropped-screenshot.ts";
import { dropzone } from "../compose/dropzone.ts";
import type { FilesInbox } from "../compose/file-inbox.ts";
import { screenshotStrip } from "../compose/screenshot-strip.ts";
import { editOf, editsOf } from "../edits/step-edits.ts";
import type { DroppedRecord } from "../records/dropped-record.ts";
import { type ReplayEditor, replayEditor } from "../replay/replay-editor.ts";
import { fileNameFor } from "../share/replay-actions.ts";
import { announce } from "../ui/announcer.ts";
import { fill, h } from "../ui/dom.ts";
import { icon } from "../ui/icons.ts";
import { nextMacrotask } from "../ui/next-macrotask.ts";
import { toast } from "../ui/toast.ts";
import { markUnsaved } from "../unsaved-work.ts";
import type { View } from "./view.ts";

// The screenshots are kept while the user visits another view.
let shots: DroppedScreenshot[] = [];
/** The screenshots count as unsaved work until their GIF is saved. */
const WORK = "screenshots";
const noteChange = () => markUnsaved(WORK, shots.length > 0);

/** The drop zone: collect screenshots, put them in order, assemble. */
export function composeView(inbox: FilesInbox, onrecord: (record: DroppedRecord) => void): View {
  const element = h("div", { class: "page wide" });
  const cards = screenshotStrip({ onmove: move, onremove: remove });
  const count = countLine();
  const assemble = h(
    "button",
    { class: "button primary", type: "button", "data-action": "assemble", onclick: () => void showEditor() },
    icon("play", "solid"),
    "Assemble GIF",
  );
  const picker = h("input", {
    type: "file",
    class: "visually-hidden",
    multiple: true,
    tabindex: -1,
    "aria-hidden": "true",
    onchange: () => {
      const files = [...(picker.files ?? [])];
      picker.value = "";
      const record = recordIn(files);
      if (record) onrecord(record);
      else void inbox.add(files);
    },
  });
  const pick = () => picker.click();
  let bench: ReplayEditor | undefined;
  let change = 0;

  function show(): void {
    leaveEditor();
    if (shots.length === 0) fill(element, title("New replay"), dropzone(pick), picker);
    else showArranging();
  }

  function showArranging(): void {
    refresh();
    fill(
      element,
      title(
        "New replay",
        count.element,
        h(
          "div",
          { class: "head-actions" },
          h("button", { class: "button ghost", type: "button", onclick: clear }, "Clear"),
          h("button", { class: "button", type: "button", onclick: pick }, icon("plus"), "Add more"),
          assemble,
        ),
      ),
      cards.element,
      picker,
    );
  }

  function refresh(): void {
    cards.show(shots);
    count.show(shots);
    assemble.disabled = shots.length < 2;
  }

  function leaveEditor(): void {
    change++;
    bench?.close();
    bench = undefined;
  }

  async function showEditor(): Promise<void> {
    const actions = h("div", { class: "head-actions" });
    const back = h(
      "button",
      { class: "back", type: "button", "data-action": "rearrange", onclick: show },
      icon("arrow-left"),
      "Change screenshots or order",
    );
    leaveEditor();
    const mine = change;
    fill(
      element,
      h(
        "div",
        { class: "task-head" },
        back,
        h("div", { class: "head-row" }, h("h1", { class: "task-name" }, "Your replay"), actions),
      ),
      picker,
    );
    // Removing hundreds of cards was a long task; the editor is built in the next one.
    await nextMacrotask();
    if (change !== mine) return;
    bench = replayEditor({
      items: shots.map(toReplayScreenshot),
      fileName: fileNameFor("replay"),
      actions,
      title: "Replay",
      hasTitle: false,
      hasLink: false,
      report: { title: "Replay", steps: shots.map(({ file }) => ({ caption: file.name })) },
      edits: editsOf(shots.map(({ edit }) => edit)),
      onedit: (edits) => {
        for (const [i, shot] of shots.entries()) shot.edit = editOf(edits, i + 1);
        noteChange();
      },
      onsave: () => markUnsaved(WORK, false),
      remedyFor: (position) => ({
        label: "Leave it out",
        run: () => {
          takeOut(position);
          if (shots.length < 2) show();
          else void showEditor();
        },
      }),
    });
    element.insertBefore(bench.element, picker);
    // Scrolling at once would force a layout.
    requestAnimationFrame(() => scrollTo(0, 0));
  }

  function move(from: number, to: number): void {
    const [shot] = shots.splice(from, 1);
    if (!shot) return;
    shots.splice(to, 0, shot);
    noteChange();
    refresh();
    announce(`${shot.file.name} is now ${to + 1} of ${shots.length}`);
  }

  function remove(position: number): void {
    const shot = takeOut(position);
    if (!shot) return;
    toast(`${shot.file.name} removed`, {
      icon: "trash",
      action: {
        label: "Undo",
        run: () => {
          shots.splice(position, 0, shot);
          noteChange();
          if (element.isConnected) show();
        },
      },
    });
    if (shots.length === 0) show();
    else {
      refresh();
      element.querySelectorAll<HTMLElement>(".shot-grip")[Math.min(position, shots.length - 1)]?.focus();
    }
  }

  function takeOut(position: number): DroppedScreenshot | undefined {
    const [shot] = shots.splice(position, 1);
    shot?.drop();
    noteChange();
    return shot;
  }

  function clear(): void {
    for (const shot of shots) shot.drop();
    shots = [];
    noteChange();
    show();
  }

  show();
  inbox.watch(() => {
    const added = inbox.take().map((file) => new DroppedScreenshot(file));
    shots.push(...added);
    if (added.length > 0) noteChange();
    show();
  });
  return {
    element,
    title: "New replay",
    close() {
      inbox.watch(undefined);
      leaveEditor();
    },
  };
}

function title(text: string, note?: HTMLElement, actions?: HTMLElement): HTMLElement {
  return h("div", { class: "page-head" }, h("div", {}, h("h1", {}, text), note), actions);
}
