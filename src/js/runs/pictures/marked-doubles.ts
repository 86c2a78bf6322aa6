/** Parts of the names of pictures with marks drawn on them: boxes, numbers, crosses. */
const MARKED =
  /[_-]?(?:annotated|marked|labell?ed|highlighted|with_box(?:es)?|bbox(?:es)?|boxes|overlay|som)(?=[_.-]|\d|$)/i;
/** Parts of the names of pictures without such marks. */
const PLAIN = /[_-]?(?:no_?box(?:es)?|unmarked|unlabell?ed|without_box(?:es)?|raw|clean|original|plain)(?=[_.-]|\d|$)/i;

/**
 * Returns the pictures of a folder that repeat others with marks drawn on them: `screenshot_som_1.png` beside `screenshot_1.png`,
 * `screenshot1.png` beside `screenshot1_no_box.png`.
 */
export function markedDoubles<F extends { readonly name: string }>(files: readonly F[]): Set<F> {
  const names = new Set(files.map(({ name }) => withoutDigits(name)));
  const doubles = new Set<F>();
  const byName = new Map(files.map((file) => [file.name, file]));
  for (const file of files) {
    const plain = byName.get(file.name.replace(PLAIN, ""));
    if (plain && plain !== file) doubles.add(plain);
    else if (MARKED.test(file.name) && names.has(withoutDigits(file.name.replace(MARKED, "")))) doubles.add(file);
  }
  return doubles;
}

/** Returns a name without its digits, since marked and plain pictures need not have the same numbers. */
const withoutDigits = (name: string) => name.replace(/\d+/g, "#");
