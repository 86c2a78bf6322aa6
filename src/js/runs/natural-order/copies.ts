/** Names of copies that file managers make: "a copy 2", "a - Copy (2)", "Copy (2) of a". */

const COPY = "copy|kopie|copie|copia|cópia|kopia|kopya|копия|コピー|副本|복사본";
const COPY_WORD = new RegExp(`^(?:${COPY})$`);
/** Some file managers put the word first. */
const COPY_OF = /^(?:copy|kopie|copie|copia) ?(?:\((\d+)\) )?(?:of|von|de) (.+)$/;

/** Whether a word in lower case marks a copy. */
export function isCopyWord(word: string): boolean {
  return COPY_WORD.test(word);
}

/** Puts the word for a copy behind a name in lower case: "copy (2) of a" becomes "a copy 2". */
export function withCopyLast(name: string): string {
  const match = COPY_OF.exec(name);
  return match ? `${match[2]} copy ${match[1] ?? ""}` : name;
}
