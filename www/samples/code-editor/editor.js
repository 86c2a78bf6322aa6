// A host page around Ace: tree, tabs, a terminal that "runs" the tests by looking at the text.
const $ = (id) => document.getElementById(id);
const open = ["README.md"];
const saved = { ...files };
let current = "README.md";

ace.config.set("basePath", "/npm/ace-builds/src-min-noconflict");
const editor = ace.edit("editor", {
  theme: "ace/theme/one_dark",
  fontFamily: "JetBrains Mono Variable",
  fontSize: 13.5,
  tabSize: 2,
  showPrintMargin: false,
  useWorker: false,
});
editor.session.setUseWorker(false);

function show(name) {
  current = name;
  if (!open.includes(name)) open.push(name);
  const mode = name.endsWith(".json") ? "json" : name.endsWith(".md") ? "markdown" : "javascript";
  editor.session.setMode(`ace/mode/${mode}`);
  editor.setValue(files[name], -1);
  draw();
}

function draw() {
  const tree = [" src", "   total.js", "   total.test.js", " package.json", " README.md"];
  $("tree").innerHTML = tree
    .map((row) => {
      const name = row.trim();
      return `<li class="${name === current ? "on" : files[name] === undefined ? "folder" : ""}">${row.replace("src", "▾ src")}</li>`;
    })
    .join("");
  $("tabs").innerHTML = open
    .map(
      (name) =>
        `<span class="${name === current ? "on" : ""} ${files[name] === saved[name] ? "" : "dirty"}">${name}</span>`,
    )
    .join("");
}

function runTests() {
  const fixed = saved["total.js"].includes("return roundCents(sum * (1 + taxRate));");
  const row = (ok, text) => `<span class="${ok ? "ok" : "bad"}">${ok ? "✔" : "✖"}</span> ${text}\n`;
  $("terminal").innerHTML =
    `<span class="dim">~/invoice $</span> npm test\n\n` +
    row(true, "no lines come to nothing <span class=dim>(0.6 ms)</span>") +
    row(true, "one line with tax <span class=dim>(0.1 ms)</span>") +
    row(fixed, "rounds the sum of many lines <span class=dim>(0.8 ms)</span>") +
    (fixed ? "" : `<span class="bad">    expected 19064, actual 19080</span>\n`) +
    `\n<span class="${fixed ? "ok" : "bad"}">ℹ pass ${fixed ? 9 : 8}   fail ${fixed ? 0 : 1}</span>`;
  $("state").textContent = fixed ? "0 problems" : "1 problem";
}

$("terminal").innerHTML = `<span class="dim">~/invoice $</span> `;
$("tree").addEventListener("click", (event) => {
  const name = event.target.textContent.trim();
  if (files[name] !== undefined) show(name);
});
$("run").addEventListener("click", runTests);
editor.session.on("change", () => {
  files[current] = editor.getValue();
  draw();
});
editor.selection.on("changeCursor", () => {
  const { row, column } = editor.getCursorPosition();
  $("place").textContent = `Ln ${row + 1}, Col ${column + 1}`;
});
editor.commands.addCommand({
  name: "save",
  bindKey: "Ctrl-S",
  exec() {
    saved[current] = files[current];
    draw();
  },
});
show("README.md");
