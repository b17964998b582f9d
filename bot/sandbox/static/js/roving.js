// Moving with the arrow keys among the buttons of a list, a menu or a row of tabs.

/** Arrow keys, Home and End move the focus among the elements that ``selector`` finds in ``root``. */
export function roving(root, selector, { sideways = false } = {}) {
  const [back, on] = sideways ? ["ArrowLeft", "ArrowRight"] : ["ArrowUp", "ArrowDown"];
  root.addEventListener("keydown", (event) => {
    const items = [...root.querySelectorAll(selector)];
    const here = items.indexOf(document.activeElement);
    const to = { [back]: here - 1, [on]: here + 1, Home: 0, End: items.length - 1 }[event.key];
    if (to === undefined || !items.length || (here < 0 && document.activeElement !== root)) return;
    event.preventDefault();
    items.at(to % items.length).focus();
  });
  return root;
}

const LONG_PRESS = 480; // milliseconds

/** Handlers that open a menu at a right click, the menu key, Enter, or a finger that rests. */
export function menuHandlers(open) {
  let timer;
  const stop = () => clearTimeout(timer);
  return {
    oncontextmenu: open,
    onkeydown: (event) => event.key === "Enter" && event.target === event.currentTarget && open(event),
    onpointerdown: (event) => {
      stop();
      if (event.pointerType === "touch") timer = setTimeout(() => open(event), LONG_PRESS);
    },
    onpointerup: stop, onpointercancel: stop, onpointermove: (event) => (event.movementX || event.movementY) && stop(),
  };
}
