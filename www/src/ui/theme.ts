import { h } from "./dom.ts";
import { type IconName, icon } from "./icons.ts";

type Theme = "system" | "light" | "dark";
const KEY = "task-gif.theme";
const order: Theme[] = ["system", "light", "dark"];
const looks: Record<Theme, { icon: IconName; label: string }> = {
  system: { icon: "monitor", label: "Theme: as the system" },
  light: { icon: "sun", label: "Theme: light" },
  dark: { icon: "moon", label: "Theme: dark" },
};

/** Takes the remembered theme before anything is drawn. */
export function applyTheme(theme: Theme = rememberedTheme()): void {
  if (theme === "system") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
}

/** A button that goes from the system's theme to light, to dark and around again. */
export function themeButton(): HTMLElement {
  const button = h("button", { class: "button ghost square", type: "button" });
  const show = (theme: Theme) => {
    const { icon: name, label } = looks[theme];
    button.replaceChildren(icon(name));
    button.title = label;
    button.setAttribute("aria-label", label);
  };
  let theme = rememberedTheme();
  show(theme);
  button.addEventListener("click", () => {
    theme = order[(order.indexOf(theme) + 1) % order.length] ?? "system";
    applyTheme(theme);
    show(theme);
    try {
      localStorage.setItem(KEY, theme);
    } catch {
      // Storage may be forbidden; the theme then lasts as long as the page.
    }
  });
  return button;
}

function rememberedTheme(): Theme {
  try {
    return order.find((theme) => theme === localStorage.getItem(KEY)) ?? "system";
  } catch {
    return "system";
  }
}
