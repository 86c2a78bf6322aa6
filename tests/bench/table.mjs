// Sums measurements up, one row for each contender.

const HEAD = [
  ["", "bytes", "x smallest peer", "seconds", "x fastest peer"],
  ["SSIMULACRA2 mean", "worst", "PSNR", "flicker", "peak memory"],
].flat();

/** The table as Markdown; `rows` is `{ label, kind, results }[]`. */
export function table(rows) {
  const totals = rows.map((row) => ({ ...row, ...totalOf(row.results) }));
  const peers = totals.filter(({ kind }) => kind === "peer");
  const smallest = Math.min(...peers.map(({ bytes }) => bytes).filter(Boolean));
  const fastest = Math.min(...peers.map(({ seconds }) => seconds).filter(Boolean));
  const cells = totals.map((total) => [
    total.label,
    total.bytes ? total.bytes.toLocaleString("en") : "-",
    ratio(total.bytes, smallest),
    fixed(total.seconds, 2),
    ratio(total.seconds, fastest),
    fixed(total.scoreMean, 1),
    fixed(total.scoreWorst, 1),
    total.psnr === Number.POSITIVE_INFINITY ? "exact" : fixed(total.psnr, 1, " dB"),
    total.flicker === 0 ? "0" : fixed(total.flicker, 2, " %"),
    fixed(total.memory && total.memory / 2 ** 20, 0, " MiB"),
  ]);
  const rule = HEAD.map((_, column) => (column === 0 ? "---" : "--:"));
  return [HEAD, rule, ...cells].map((row) => `| ${row.join(" | ")} |`).join("\n");
}

/** Totals over sequences; nothing where one of them failed, since a part does not compare with the whole. */
function totalOf(results) {
  if (results.some(({ error }) => error)) return {};
  const sum = (list) => list.reduce((total, value) => total + value, 0);
  const totals = {
    bytes: sum(results.map(({ bytes }) => bytes)),
    seconds: sum(results.map(({ seconds }) => seconds)),
    memory: results.every(({ memory }) => memory) ? Math.max(...results.map(({ memory }) => memory)) : undefined,
  };
  const comparisons = results.map(({ comparison }) => comparison);
  if (!comparisons.every(Boolean)) return totals;
  const all = (key) => sum(comparisons.map((comparison) => comparison[key]));
  const scores = comparisons.flatMap((comparison) => comparison.scores);
  return {
    ...totals,
    psnr: 10 * Math.log10(255 ** 2 / (all("squares") / all("samples"))),
    flicker: all("flickering") === 0 ? 0 : (100 * all("flickering")) / all("still"),
    scoreMean: scores.length > 0 ? sum(scores) / scores.length : undefined,
    scoreWorst: scores.length > 0 ? Math.min(...scores) : undefined,
  };
}

const ratio = (value, best) => (value && Number.isFinite(best) ? (value / best).toFixed(2) : "-");
const fixed = (value, digits, unit = "") => (value === undefined ? "-" : value.toFixed(digits) + unit);
