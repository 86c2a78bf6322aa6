/**
 * Returns a time of a record of Robot Framework in ms. Up to version 6 it is written as "20261129 18:37:33.352", from 7 on as
 * "2026-11-29T18:37:33.352123". Both are local times without a zone; they count as UTC, so that the same record gives the same
 * times everywhere.
 */
export function robotTime(text: string | undefined): number | undefined {
  const match = /^(\d{4})-?(\d\d)-?(\d\d)[ T](\d\d:\d\d:\d\d(?:\.\d{1,3})?)/.exec(text ?? "");
  if (!match) return undefined;
  const ms = Date.parse(`${match[1]}-${match[2]}-${match[3]}T${match[4]}Z`);
  return Number.isNaN(ms) ? undefined : ms;
}
