// The page's composition: settings of this browser, the strip, the people, the two phones and the drawer.
import * as api from "./api.js";
import { Drawer } from "./drawer.js";
import { el, replace } from "./dom.js";
import { connect } from "./live.js";
import { closeTop, toast } from "./overlays.js";
import { Pane } from "./pane.js";
import { People } from "./people.js";
import { changed, onChange, prefer, store, unread } from "./store.js";
import { callbackAnswered } from "./taps.js";
import { TopBar } from "./topbar.js";
import { lang, pick, setLanguage, setZone, t } from "./words.js";

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
    tellLanguage();
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
addEventListener("pagehide", () => panes.forEach((pane) => {
  pane.keepDraft();
  pane.reader.keepPlace();
}));
addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || closeTop()) return;
  if (panes.some((pane) => pane.composer.hideLists() || pane.inline.hide())) return;
  if (store.preferences.drawer) prefer({ drawer: false });
  else prefer({ screen: "list" });
});
// The command list and the stickers close at a click elsewhere.
addEventListener("pointerdown", (event) => {
  for (const pane of panes) if (!pane.composer.root.contains(event.target) && !pane.inline.hide()) pane.composer.hideLists();
});
// A file dropped beside a chat must not replace the page.
for (const name of ["dragover", "drop"]) addEventListener(name, (event) => event.preventDefault());

connect((event) => {
  if (event.type === "callback_answer") callbackAnswered(event);
  if (event.type === "inline_answer") for (const pane of panes) if (pane.personId === event.person_id) pane.inline.answered(event);
  if (event.type === "notice") toast(document.body, pick(event.text), 6);
}, opened);

/** The owner of the page may let people follow its reader's language. */
const tellLanguage = () => api.chooseLanguage(lang()).catch(() => {});

/** A link such as /?start=payload opens the active chat with START, as t.me/bot?start=payload does. */
function opened() {
  if ([...store.chats.values()].every((chat) => !chat.messages.length)) tellLanguage();
  const payload = new URLSearchParams(location.search).get("start");
  if (payload === null || opened.once) return;
  opened.once = true;
  history.replaceState(null, "", "/");
  prefer({ screen: "chat" });
  draw();
  panes[store.preferences.active].startWith({ payload: payload.replace(/[^\w-]/g, "").slice(0, 64) });
}
