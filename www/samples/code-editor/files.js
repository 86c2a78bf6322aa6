// The small project that is open in the editor.
const files = {
  "total.js": `// What an invoice comes to, in cents.

/** Half a cent goes up, also for refunds. */
function roundCents(value) {
  return Math.sign(value) * Math.round(Math.abs(value));
}

/**
 * @param {{ quantity: number, unitPrice: number }[]} lines
 * @param {number} taxRate 0.19 is nineteen percent
 */
export function total(lines, taxRate) {
  let sum = 0;
  for (const line of lines) {
    sum += roundCents(line.quantity * line.unitPrice * (1 + taxRate));
  }
  return sum;
}
`,
  "total.test.js": `import { test } from "node:test";
import assert from "node:assert/strict";
import { total } from "./total.js";

const pens = { quantity: 3, unitPrice: 133.5 };

test("no lines come to nothing", () => {
  assert.equal(total([], 0.19), 0);
});

test("rounds the sum of many lines", () => {
  const lines = Array.from({ length: 40 }, () => pens);
  assert.equal(total(lines, 0.19), 19064);
});
`,
  "package.json": `{\n  "name": "invoice",\n  "type": "module",\n  "scripts": { "test": "node --test" }\n}\n`,
  "README.md": "# invoice\n\nAdds up invoices without losing a cent.\n",
};
