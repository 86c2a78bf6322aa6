const START_PX = 6;

/**
 * Lets the user drag the children of a list to another position: with a mouse anywhere on a card, by touch only at its
 * grip, since elsewhere a touch scrolls the page.
 */
export function watchDrags(list: HTMLElement, onmove: (from: number, to: number) => void): void {
  list.addEventListener("pointerdown", (down) => {
    const target = down.target as Element;
    const card = target.closest<HTMLElement>("li");
    const atGrip = target.closest(".shot-grip") !== null;
    if (!card || down.button !== 0 || (!atGrip && target.closest("button"))) return;
    if (down.pointerType !== "mouse" && !atGrip) return;
    carry(list, card, down, onmove);
  });
}

function carry(
  list: HTMLElement,
  card: HTMLElement,
  down: PointerEvent,
  onmove: (from: number, to: number) => void,
): void {
  const grab = card.getBoundingClientRect();
  const offset = { x: down.clientX - grab.left, y: down.clientY - grab.top };
  const leave = new AbortController();
  let started = false;

  const onPointerMove = (event: PointerEvent) => {
    if (event.pointerId !== down.pointerId) return;
    const far = Math.hypot(event.clientX - down.clientX, event.clientY - down.clientY);
    if (!started && far < START_PX) return;
    if (!started) {
      started = true;
      card.classList.add("dragged");
      list.setPointerCapture(event.pointerId);
    }
    event.preventDefault();
    const children = [...list.children] as HTMLElement[];
    const from = children.indexOf(card);
    const to = nearest(
      children,
      card,
      event.clientX - offset.x + grab.width / 2,
      event.clientY - offset.y + grab.height / 2,
    );
    if (to !== from) onmove(from, to);
    follow(card, event.clientX - offset.x, event.clientY - offset.y);
  };
  const onPointerEnd = (event: PointerEvent) => {
    if (event.pointerId !== down.pointerId) return;
    leave.abort();
    card.classList.remove("dragged");
    card.style.removeProperty("--drag-x");
    card.style.removeProperty("--drag-y");
  };
  addEventListener("pointermove", onPointerMove, { signal: leave.signal });
  addEventListener("pointerup", onPointerEnd, { signal: leave.signal });
  addEventListener("pointercancel", onPointerEnd, { signal: leave.signal });
}

/** Moves the dragged card under the pointer, from its position in the layout. */
function follow(card: HTMLElement, left: number, top: number): void {
  card.style.setProperty("--drag-x", "0px");
  card.style.setProperty("--drag-y", "0px");
  const home = card.getBoundingClientRect();
  card.style.setProperty("--drag-x", `${left - home.left}px`);
  card.style.setProperty("--drag-y", `${top - home.top}px`);
}

/**
 * Returns the index whose card has its center nearest to that of the dragged card; that one counts at its current
 * position.
 */
function nearest(children: HTMLElement[], card: HTMLElement, x: number, y: number): number {
  card.style.setProperty("--drag-x", "0px");
  card.style.setProperty("--drag-y", "0px");
  let best = 0;
  let least = Number.POSITIVE_INFINITY;
  children.forEach((child, index) => {
    const { left, top, width, height } = child.getBoundingClientRect();
    const distance = Math.hypot(left + width / 2 - x, top + height / 2 - y);
    if (distance < least) [best, least] = [index, distance];
  });
  return best;
}
