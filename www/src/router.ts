/** The routes of the page. They are URL fragments, so that any static server can serve the page. */
export type Route =
  | { view: "tasks" }
  /** `edits`: the edits of its steps, as a query. */
  | { view: "task"; id: string; edits?: string }
  /** Two tasks side by side; `step` is the pair that is shown, from 1. */
  | { view: "compare"; a: string; b: string; step?: number }
  | { view: "new" }
  | { view: "record"; run?: number }
  | { view: "unknown" };

/** Returns the route in the address bar. */
export function currentRoute(): Route {
  const path = location.hash.replace(/^#\/?/, "");
  if (path === "") return { view: "tasks" };
  if (path === "new") return { view: "new" };
  if (path === "record") return { view: "record" };
  const run = /^record\/([1-9]\d{0,5})$/.exec(path);
  if (run?.[1]) return { view: "record", run: Number(run[1]) };
  const compare = /^compare\/([A-Za-z0-9_-]{1,128})\/([A-Za-z0-9_-]{1,128})(?:\?step=([1-9]\d{0,5}))?$/.exec(path);
  if (compare?.[1] && compare[2]) {
    const [, a, b, step] = compare;
    return { view: "compare", a, b, ...(step && { step: Number(step) }) };
  }
  const task = /^task\/([A-Za-z0-9_-]{1,128})(?:\?(.*))?$/.exec(path);
  return task?.[1] ? { view: "task", id: task[1], ...(task[2] && { edits: task[2] }) } : { view: "unknown" };
}

/** Returns the URL of a route. */
export function hrefOf(route: Route): string {
  if (route.view === "task") return `#/task/${route.id}${route.edits ? `?${route.edits}` : ""}`;
  if (route.view === "compare") return `#/compare/${route.a}/${route.b}${route.step ? `?step=${route.step}` : ""}`;
  if (route.view === "record") return route.run === undefined ? "#/record" : `#/record/${route.run}`;
  return route.view === "new" ? "#/new" : "#/";
}

/** Navigates to a route. */
export function goTo(route: Route): void {
  location.hash = hrefOf(route);
}

/** Calls back now and whenever the route changes. */
export function watchRoute(onroute: (route: Route) => void): void {
  addEventListener("hashchange", () => onroute(currentRoute()));
  onroute(currentRoute());
}
