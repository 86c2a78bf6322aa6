import { hrefOf, type Route } from "./router.ts";
import { announcerElement } from "./ui/announcer.ts";
import { fill, h } from "./ui/dom.ts";
import { icon, productLogo } from "./ui/icons.ts";
import { themeButton } from "./ui/theme.ts";
import { toastsElement } from "./ui/toast.ts";

/** The frame around every view: header, navigation, and the area for the view. */
export type Shell = {
  element: HTMLElement;
  /** Shows a view, marks its link and moves the focus to its start. */
  show(view: HTMLElement, route: Route, title: string): void;
};

/** Builds the frame; called once. */
export function shell(): Shell {
  const links: { route: Route; element: HTMLAnchorElement }[] = [
    { route: { view: "tasks" }, element: navLink({ view: "tasks" }, "Tasks") },
    { route: { view: "new" }, element: navLink({ view: "new" }, "New replay") },
  ];
  const main = h("main", { id: "main", tabindex: -1 });
  const skip = (event: Event) => {
    event.preventDefault();
    main.focus();
  };
  let first = true;
  return {
    element: h(
      "div",
      { class: "shell" },
      h("a", { class: "skip-link", href: "#main", onclick: skip }, "Skip to content"),
      h(
        "header",
        { class: "topbar" },
        h(
          "a",
          { class: "brand", href: "#/", "aria-label": "task-gif, tasks" },
          productLogo(),
          h("span", {}, "task-gif"),
        ),
        h("nav", { class: "topnav", "aria-label": "Main" }, ...links.map(({ element }) => element), ...docsLink()),
        h(
          "span",
          { class: "local-note", title: "Screenshots are read and assembled by this browser. Nothing is uploaded." },
          icon("shield"),
          h("span", {}, "Runs on this machine"),
        ),
        themeButton(),
      ),
      main,
      toastsElement(),
      announcerElement(),
    ),
    show(view, route, title) {
      document.title = title === "" ? "task-gif" : `${title} · task-gif`;
      for (const link of links) {
        const isHere =
          link.route.view === route.view ||
          (link.route.view === "tasks" && (route.view === "task" || route.view === "compare"));
        if (isHere) link.element.setAttribute("aria-current", "page");
        else link.element.removeAttribute("aria-current");
      }
      fill(main, view);
      // Not for the first view: the browser sets the focus. For later ones, the focused link may be gone.
      if (!first) {
        scrollTo(0, 0);
        main.focus({ preventScroll: true });
      }
      first = false;
    },
  };
}

/** Returns a link to the documentation, if the page has a meta tag with its URL. */
function docsLink(): HTMLAnchorElement[] {
  const meta = document.querySelector<HTMLMetaElement>("meta[name=documentation]");
  return meta ? [h("a", { href: meta.content }, "Docs")] : [];
}

function navLink(route: Route, label: string): HTMLAnchorElement {
  return h("a", { href: hrefOf(route) }, label);
}
