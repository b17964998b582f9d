// What floats above the chats: toasts and alerts of callback answers, questions, menus, the forward picker.
import { append, el } from "./dom.js";
import { icon } from "./icons.js";
import { roving } from "./roving.js";
import { t } from "./words.js";

const open = [];

/** A short notice inside a pane (or the page), as Telegram shows a callback answer. */
export function toast(host, text, seconds = Math.min(8, 2.5 + text.length / 25)) {
  for (const old of host.querySelectorAll(":scope > .toast")) old.remove();
  const node = el("div.toast", { role: "status" }, text);
  host.append(node);
  setTimeout(() => {
    node.classList.add("leaving");
    setTimeout(() => node.remove(), 250);
  }, seconds * 1000);
}

/** A dialog inside host: resolves to the value of the button pressed, null when closed. */
export function dialog(host, { title, text, body, buttons, onOpen }) {
  return new Promise((resolve) => {
    const before = document.activeElement;
    const close = (value) => {
      layer.remove();
      open.splice(open.indexOf(handle), 1);
      before?.focus?.();
      resolve(value);
    };
    const handle = { close: () => close(null) };
    const keepInside = (event) => {
      if (event.key !== "Tab") return;
      const inside = [...box.querySelectorAll("button, input, textarea, select")].filter((one) => one.offsetParent);
      const [last, next] = event.shiftKey ? [inside[0], inside.at(-1)] : [inside.at(-1), inside[0]];
      if (document.activeElement !== last) return;
      event.preventDefault();
      next.focus();
    };
    const box = el("form.dialog", { onkeydown: keepInside, role: "dialog", "aria-modal": "true", "aria-label": title || text, onsubmit: (event) => {
      event.preventDefault();
      close(buttons.at(-1).value);
    } },
      title && el("h2", {}, title), text && el("p", {}, text), body,
      el("div.dialog-buttons", {}, buttons.map((button, index) =>
        el("button.flat", { type: index === buttons.length - 1 ? "submit" : "button", onclick: index === buttons.length - 1 ? null : () => close(button.value) }, button.label))));
    const layer = el("div.layer", { onclick: (event) => event.target === layer && close(null) }, box);
    host.append(layer);
    open.push(handle);
    (box.querySelector("input, textarea") || box.querySelector("button[type=submit]")).focus();
    onOpen?.(close);
  });
}

/** A picture over the whole page; Escape or a click closes it. */
export function viewPicture(host, url, name) {
  const before = document.activeElement;
  const close = () => {
    layer.remove();
    const at = open.indexOf(handle);
    if (at >= 0) open.splice(at, 1);
    before?.focus?.();
  };
  const handle = { close };
  const layer = el("div.layer.viewer", { role: "dialog", "aria-modal": "true", "aria-label": name, onclick: close }, el("img", { src: url, alt: name }),
    el("div.viewer-tools", {}, el("a.round", { href: url, download: "", "aria-label": t("download"), title: t("download"), onclick: (event) => event.stopPropagation() }, icon("download", 22)),
      el("button.round", { type: "button", "aria-label": t("close"), title: t("close") }, icon("close", 22))));
  host.append(layer);
  open.push(handle);
  layer.querySelector("button").focus();
}

export const alertBox = (host, text) => dialog(host, { text, buttons: [{ label: t("ok"), value: true }] });

export function confirmLink(host, url) {
  return dialog(host, { title: t("openLink"), body: el("p.url", {}, url), buttons: [{ label: t("cancel"), value: false }, { label: t("open"), value: true }] });
}

/** Choose one of several: items = [{label, value, before}]. */
export function choose(host, title, items) {
  return dialog(host, {
    title,
    body: el("div.choices", {}),
    buttons: [{ label: t("cancel"), value: null }],
    onOpen: (close) => append(host.querySelector(":scope > .layer:last-child .choices"), items.map((item) =>
      el("button.choice", { type: "button", onclick: () => close(item.value) }, item.before, el("span", {}, item.label)))),
  });
}

/** A menu at a point: items = [{icon, label, run}]; `above` is a row of buttons that also close it. */
export function contextMenu(x, y, items, above) {
  closeMenus();
  const menu = el("div.menu", { role: "menu" }, above && el("div", { onclick: closeMenus }, above), items.filter(Boolean).map((item) =>
    el("button.menu-item", { type: "button", role: "menuitem", onclick: () => {
      closeMenus();
      item.run();
    } }, item.face || icon(item.icon, 20), el("span", {}, item.label))));
  const before = document.activeElement;
  roving(menu, "[role=menuitem]");
  document.body.append(menu);
  const { offsetWidth: width, offsetHeight: height } = menu;
  menu.style.left = `${Math.max(8, Math.min(x, innerWidth - width - 8))}px`;
  menu.style.top = `${Math.max(8, y + height > innerHeight - 8 ? y - height : y)}px`;
  const handle = { menu, close: () => {
    closeMenus();
    before?.focus?.();
  } };
  open.push(handle);
  setTimeout(() => addEventListener("pointerdown", outside, true));
  menu.querySelector("[role=menuitem]")?.focus();
}

function outside(event) {
  if (!event.target.closest?.(".menu")) closeMenus();
}

function closeMenus() {
  removeEventListener("pointerdown", outside, true);
  for (const menu of document.querySelectorAll(".menu")) menu.remove();
  for (let i = open.length - 1; i >= 0; i -= 1) if (open[i].menu) open.splice(i, 1);
}

/** Close the topmost thing; false when nothing was open. */
export function closeTop() {
  const top = open.at(-1);
  top?.close();
  return Boolean(top);
}

export async function copy(host, text) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const area = el("textarea", { value: text });
    document.body.append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
  }
  toast(host, t("copied"));
}
