// The developer's drawer: the API calls, the ledger, faults and limits of the sandbox server.
import * as api from "./api.js";
import { el, refresh, replace } from "./dom.js";
import { icon } from "./icons.js";
import { toast } from "./overlays.js";
import { roving } from "./roving.js";
import { fullName, personById, prefer, store } from "./store.js";
import { clockTime, lang, number, reason, t } from "./words.js";

const SHOWN = 120; // newest rows of a list
const TABS = ["apiLog", "ledger", "faults", "limits"];

export class Drawer {
  constructor() {
    this.tab = TABS[0];
    this.head = el("div.drawer-head");
    this.tabs = roving(el("div.tabs", { role: "tablist" }), ".tab", { sideways: true });
    this.rows = [];
    this.from = 0;
    this.filter = el("input.field.log-filter", { type: "search", oninput: () => this.update() });
    this.entries = el("div");
    this.body = el("div.drawer-body");
    this.root = el("aside.drawer", { hidden: true }, this.head, this.tabs, this.body);
  }

  update() {
    this.root.hidden = !store.preferences.drawer;
    if (this.root.hidden) return;
    refresh(this.head, lang(), () => [t("developer"), el("span.grow"),
      el("button.round", { type: "button", "aria-label": t("close"), onclick: () => prefer({ drawer: false }) }, icon("close", 20))]);
    refresh(this.tabs, [this.tab, lang()], () => TABS.map((tab) =>
      el(`button.tab${tab === this.tab ? ".on" : ""}`, { type: "button", role: "tab", "aria-selected": String(tab === this.tab), onclick: () => this.choose(tab) }, t(tab))));
    if (this.tab === "apiLog") this.drawLog();
    else if (this.tab === "ledger") this.drawLedger();
    else if (this.tab === "faults") this.drawFaults();
    else this.drawLimits();
  }

  choose(tab) {
    this.tab = tab;
    this.body.signature = "";
    this.update();
  }

  drawLog() {
    this.filter.placeholder = t("filter");
    this.filter.setAttribute("aria-label", t("filter"));
    if (!this.filter.isConnected) {
      this.body.signature = "";
      replace(this.body, this.filter, this.entries);
    }
    const wanted = this.filter.value.trim().toLowerCase();
    const shown = store.log.filter((entry) => !wanted || JSON.stringify(entry).toLowerCase().includes(wanted)).slice(-SHOWN).reverse();
    refresh(this.entries, [shown.length, shown[0], wanted, lang()], () =>
      shown.length ? shown.map((entry) => logEntry(entry)) : el("p.note", {}, t("noLog")));
  }

  drawLedger() {
    this.fetchLedger();
    const rows = [...this.rows].reverse();
    refresh(this.body, ["ledger", store.ledger, rows[0], lang()], () => [
      el("div.figure", {}, el("strong", {}, number(store.ledger)), el("span", {}, t("accepted"))),
      el("table.table", {}, rows.map(([, time, method, chat, , text]) => el("tr", { title: text }, el("td", {}, clockTime(time)), el("td", {}, el("b", {}, nameOf(chat)), el("span.cut", {}, text)), el("td", {}, method)))),
    ]);
  }

  /** The newest rows of the server's ledger: the truth about what was accepted, also for the simulated crowd. */
  async fetchLedger() {
    if (this.fetching || this.from === store.ledger) return;
    this.fetching = true;
    this.from = store.ledger;
    try {
      this.rows = (await api.ledger(Math.max(0, store.ledger - SHOWN))).rows.slice(-SHOWN);
    } catch {
      this.rows = [];
    }
    this.fetching = false;
    this.body.signature = "";
    this.update();
  }

  drawFaults() {
    const { faults, kinds } = store.trouble;
    refresh(this.body, ["faults", faults, lang()], () => [
      faults.map((fault) => el("div.fault", {}, faultWords(fault))),
      faults.length ? el("button.control", { type: "button", onclick: () => this.set("faults", { clear: true }) }, t("clear")) : el("p.note", {}, t("noFaults")),
      this.faultForm(kinds),
    ]);
  }

  faultForm(kinds) {
    const field = (key, input) => el("label", {}, t(key), input);
    const kind = el("select.field", {}, kinds.map((one) => el("option", { value: one }, t(`fault_${one}`))));
    const method = el("input.field", { placeholder: "sendMessage" });
    const person = el("select.field", {}, el("option", { value: "" }, t("everybody")), store.persons.map((one) => el("option", { value: one.id }, fullName(one))));
    const seconds = el("input.field", { type: "number", min: 0, step: "any", value: "1" });
    const probability = el("input.field", { type: "number", min: 0, max: 1, step: "any", value: "1" });
    const times = el("input.field", { type: "number", min: 1, placeholder: "∞" });
    const add = (event) => {
      event.preventDefault();
      this.set("faults", { kind: kind.value, method: method.value.trim() || null, probability: Number(probability.value), times: times.value ? Number(times.value) : null, chat_id: person.value ? Number(person.value) : null, seconds: Number(seconds.value) });
    };
    return el("form.form", { onsubmit: add }, field("faultKind", kind), field("faultMethod", method), field("faultPerson", person), field("faultSeconds", seconds), field("faultProbability", probability), field("faultCount", times),
      el("button.control.primary", { type: "submit" }, t("faultAdd")));
  }

  drawLimits() {
    const on = store.trouble.limits;
    refresh(this.body, ["limits", on, lang()], () => el("form.limits", {},
      el("label", {}, el("input", { type: "checkbox", checked: on, onchange: (event) => this.set("limits", { on: event.target.checked }) }), el("strong", {}, t("limitsOn"))),
      el("p.note", {}, t("limitsText"))));
  }

  async set(what, body) {
    try {
      await api.post(`/sandbox/${what}`, body);
    } catch (error) {
      toast(document.body, reason(error.message));
    }
  }
}

const nameOf = (chat) => fullName(personById(chat)) || store.chats.get(chat)?.title || String(chat);

const faultWords = (fault) => [t(`fault_${fault.kind}`), fault.method || t("everyMethod"), fault.chat_id && nameOf(fault.chat_id), `${Math.round(fault.probability * 100)}%`, fault.times === null ? "∞" : `×${fault.times}`].filter(Boolean).join(" · ");

const parameters = (entry) => entry.parameters ?? entry.params ?? entry.request ?? {};
const chatOf = (entry) => entry.chat_id ?? parameters(entry).chat_id ?? "";
const codeOf = (entry) => entry.status ?? entry.code ?? entry.error_code ?? entry.answer?.error_code ?? 200;
const isOk = (entry) => Number(codeOf(entry)) < 400;

/** A call with the JSON inside its parameters opened, so that a keyboard can be read. */
function opened(entry) {
  const read = (value) => {
    try {
      return /^[[{]/.test(value) ? JSON.parse(value) : value;
    } catch {
      return value;
    }
  };
  return { ...entry, parameters: Object.fromEntries(Object.entries(parameters(entry)).map(([key, value]) => [key, read(value)])) };
}

function logEntry(entry) {
  const code = codeOf(entry);
  return el("details.log-entry", {},
    el("summary", {}, el("span.log-time", {}, clockTime(entry.at ?? entry.time ?? 0)), el("span.log-method", {}, entry.method || ""), el("span.log-chat", {}, chatOf(entry)),
      el(`span.log-code${isOk(entry) ? "" : ".bad"}`, {}, code)),
    el("pre", {}, JSON.stringify(opened(entry), null, 2)));
}
