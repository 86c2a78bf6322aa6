import "@fontsource-variable/inter/index.css";
import "./styles/index.css";
import { FilesInbox } from "./compose/file-inbox.ts";
import { keepForOffline } from "./offline/register.ts";
import { goTo, type Route, watchRoute } from "./router.ts";
import { shell } from "./shell.ts";
import { taskEndpoint } from "./tasks/endpoint.ts";
import { endpointTasks } from "./tasks/endpoint-tasks.ts";
import { sampleTasks } from "./tasks/sample-tasks.ts";
import { applyTheme } from "./ui/theme.ts";
import { composeView } from "./views/compose.ts";
import { executionView } from "./views/execution.ts";
import { executionsView } from "./views/executions.ts";
import { notFoundView } from "./views/not-found.ts";
import type { View } from "./views/view.ts";

applyTheme();
const endpoint = taskEndpoint();
const source = endpoint ? endpointTasks(endpoint, sampleTasks()) : sampleTasks();
const inbox = new FilesInbox();
const frame = shell();
document.querySelector("#app")?.replaceChildren(frame.element);

// Screenshots may be dropped or pasted anywhere; they wait in the inbox for the view that takes them.
inbox.listen(document, () => goTo({ view: "new" }));

let current: View | undefined;
watchRoute((route) => {
  current?.close();
  current = viewFor(route);
  frame.show(current.element, route, current.title);
});

void keepForOffline();

function viewFor(route: Route): View {
  switch (route.view) {
    case "executions":
      return executionsView(source);
    case "execution":
      return executionView(source, endpoint, route.id);
    case "new":
      return composeView(inbox);
    case "unknown":
      return notFoundView();
  }
}
