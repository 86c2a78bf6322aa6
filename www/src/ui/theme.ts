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

/** Applies the stored theme; called before the first paint. */
export function applyTheme(theme: Theme = rememberedTheme()): void {
  if (theme === "system") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
}

/** Returns a button that cycles through the themes: system, light, dark. */
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
