// The page's composition: settings of this browser, the strip, the people, the two phones and the drawer.
import { Drawer } from "./drawer.js";
import { el, replace } from "./dom.js";
import { connect } from "./live.js";
import { closeTop } from "./overlays.js";
import { callbackAnswered, Pane } from "./pane.js";
import { People } from "./people.js";
import { changed, onChange, prefer, store, unread } from "./store.js";
import { TopBar } from "./topbar.js";
import { setLanguage, setZone, t } from "./words.js";

const systemDark = matchMedia("(prefers-color-scheme: dark)");

function applyTheme() {
  document.documentElement.dataset.theme = store.preferences.theme || (systemDark.matches ? "dark" : "light");
}

function applyLanguage() {
  setLanguage(store.preferences.language || (navigator.language || "en").slice(0, 2).toLowerCase());
}

applyTheme();
applyLanguage();
systemDark.addEventListener("change", () => {
  applyTheme();
  changed();
});

const bar = new TopBar({
  setTheme: (theme) => {
    prefer({ theme });
    applyTheme();
  },
  chooseLanguage: (language) => {
    prefer({ language });
    applyLanguage();
  },
});
const people = new People();
const panes = [new Pane(0), new Pane(1)];
const paneBox = el("main.panes", {}, panes.map((pane) => pane.root));
const drawer = new Drawer();
const offline = el("div.offline", { hidden: true, role: "status" });
const app = document.getElementById("app");
app.className = "app";
replace(app, bar.root, el("div.work", {}, people.root, paneBox, drawer.root), offline);

function draw() {
  offline.hidden = store.online;
  offline.textContent = t("offline");
  if (!store.ready) return;
  setZone(store.zone);
  const { preferences } = store;
  app.dataset.screen = preferences.screen;
  const two = preferences.split && preferences.panes.length > 1;
  paneBox.className = `panes ${two ? "two" : "one"}`;
  panes.forEach((pane, i) => {
    pane.root.hidden = i >= preferences.panes.length;
    if (preferences.panes[i]) pane.update(preferences.panes[i]);
  });
  bar.update();
  people.update();
  drawer.update();
  const count = store.persons.reduce((sum, person) => sum + unread(person.id, person.id), 0);
  document.title = `${count ? `(${count}) ` : ""}${store.bot.first_name || t("sandbox")}`;
}

onChange(draw);
document.addEventListener("visibilitychange", changed);
addEventListener("resize", changed);
addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || closeTop()) return;
  if (panes.some((pane) => pane.composer.hideLists())) return;
  if (store.preferences.drawer) prefer({ drawer: false });
  else prefer({ screen: "list" });
});
// The command list and the stickers close at a click elsewhere.
addEventListener("pointerdown", (event) => {
  for (const pane of panes) if (!pane.composer.root.contains(event.target)) pane.composer.hideLists();
});
// A file dropped beside a chat must not replace the page.
for (const name of ["dragover", "drop"]) addEventListener(name, (event) => event.preventDefault());

connect((event) => {
  if (event.type === "callback_answer") callbackAnswered(event);
});
