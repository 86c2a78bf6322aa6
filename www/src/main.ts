import "@fontsource-variable/inter/index.css";
import "./styles/index.css";
import { FilesInbox } from "./compose/file-inbox.ts";
import { keepForOffline } from "./offline/register.ts";
import type { DroppedRecord } from "./records/dropped-record.ts";
import { currentRoute, goTo, hrefOf, type Route, watchRoute } from "./router.ts";
import { shell } from "./shell.ts";
import { taskEndpoint } from "./tasks/endpoint.ts";
import { endpointTasks } from "./tasks/endpoint-tasks.ts";
import { sampleTasks } from "./tasks/sample-tasks.ts";
import { applyTheme } from "./ui/theme.ts";
import { compareView } from "./views/compare.ts";
import { composeView } from "./views/new-replay.ts";
import { notFoundView } from "./views/not-found.ts";
import { recordView } from "./views/record.ts";
import { taskView } from "./views/task.ts";
import { taskListView } from "./views/task-list.ts";
import type { View } from "./views/view.ts";

applyTheme();
const endpoint = taskEndpoint();
const source = endpoint ? endpointTasks(endpoint, sampleTasks()) : sampleTasks();
const inbox = new FilesInbox();
const frame = shell();
document.querySelector("#app")?.replaceChildren(frame.element);

// Files can be dropped or pasted anywhere: screenshots wait in the inbox for the view that arranges them, a record is opened.
let record: DroppedRecord | undefined;
inbox.listen(document, {
  onpictures: () => goTo({ view: "new" }),
  onrecord: openRecord,
});

let current: View | undefined;
watchRoute((route) => {
  current?.close();
  current = viewFor(route);
  frame.show(current.element, route, current.title);
});

void keepForOffline();

function openRecord(dropped: DroppedRecord): void {
  record = dropped;
  // The view is rendered only when the route changes, and another record may be on show.
  if (currentRoute().view === "record") history.replaceState(null, "", hrefOf({ view: "new" }));
  goTo({ view: "record" });
}

function viewFor(route: Route): View {
  switch (route.view) {
    case "tasks":
      return taskListView(source);
    case "task":
      return taskView(source, endpoint, route);
    case "compare":
      return compareView(source, route);
    case "new":
      return composeView(inbox, openRecord);
    case "record":
      return recordView(record, route.run, (files) => {
        inbox.addInOrder(files);
        goTo({ view: "new" });
      });
    case "unknown":
      return notFoundView();
  }
}
