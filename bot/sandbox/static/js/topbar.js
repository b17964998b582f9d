// The strip above the chats: guide steps, the demo's controls, the clock, the tally, language, theme, drawer.
import * as api from "./api.js";
import { el, refresh } from "./dom.js";
import { Guide } from "./guide.js";
import { icon } from "./icons.js";
import { toast } from "./overlays.js";
import { changed, now, prefer, store } from "./store.js";
import { clockDate, clockTime, LANGUAGES, lang, number, pick, reason, t, timeZone } from "./words.js";

export class TopBar {
  constructor({ setTheme, chooseLanguage }) {
    this.actions = { setTheme, chooseLanguage };
    this.brand = el("div.brand");
    this.clock = el("div.clock-box", { role: "group" });
    this.clockText = el("span.clock-text");
    this.clockDay = el("span.clock-day");
    this.tally = el("div.tally");
    this.tallyNumber = el("strong.tally-number", {}, "0");
    this.tools = el("div.tools");
    this.guide = new Guide((id, run) => this.busy(id, run));
    this.root = el("div.topbar", {}, el("div.bar", {}, this.brand, el("span.grow"), this.clock, this.tally, this.tools), this.guide.root);
    this.shown = 0;
    setInterval(() => this.tick(), 1000);
  }

  update() {
    refresh(this.brand, [store.bot.first_name, store.about, t("sandbox")], () => [
      el("img", { src: "/static/icon.svg", alt: "", width: 30, height: 30 }),
      el("div", {}, el("strong", {}, pick(store.about.title) || store.bot.first_name), el("span", {}, pick(store.about.subtitle) || t("sandbox"))),
    ]);
    this.clock.setAttribute("aria-label", t("clock"));
    this.drawClock();
    this.drawTools();
    this.guide.update();
    refresh(this.tally, [t("delivered")], () => [this.tallyNumber, el("span", {}, t("delivered"))]);
    this.tally.title = t("deliveredHint");
    this.countUp();
    this.tick();
  }

  tick() {
    if (!store.ready) return;
    this.clockText.textContent = clockTime(now());
    this.clockDay.textContent = clockDate(now());
  }

  drawClock() {
    refresh(this.clock, [store.canMoveClock, t("hour"), [...store.busy]], () => {
      const button = (label, name, run) => el("button.step", { type: "button", dataset: { clock: name }, disabled: store.busy.has("clock"), onclick: () => this.move(run) }, label);
      return [
        el("div.clock", { title: t(store.canMoveClock ? "clockHint" : "noClock") }, icon("clock", 20), el("span.clock-words", {}, this.clockText, this.clockDay)),
        store.canMoveClock && el("div.clock-steps", {},
          button(t("hour"), "hour", () => api.moveClock(3600)), button(t("day"), "day", () => api.moveClock(86400)),
          button(t("workday"), "workday", () => api.nextMorning(timeZone()))),
      ];
    });
  }

  async move(run) {
    await this.busy("clock", run);
    this.clock.classList.remove("moved");
    void this.clock.offsetWidth; // restart the animation
    this.clock.classList.add("moved");
  }

  async busy(id, run) {
    store.busy.add(id);
    changed();
    try {
      await run();
    } catch (error) {
      toast(document.body, reason(error.message));
    }
    store.busy.delete(id);
    changed();
  }

  drawTools() {
    const dark = document.documentElement.dataset.theme === "dark";
    const other = LANGUAGES.find((one) => one !== lang());
    refresh(this.tools, [dark, lang(), store.preferences.drawer, store.preferences.split], () => [
      el("button.tool.language", { type: "button", title: t("language"), "aria-label": t("language"), onclick: () => this.actions.chooseLanguage(other) },
        LANGUAGES.map((one) => el(`span${one === lang() ? ".on" : ""}`, {}, one.toUpperCase()))),
      this.tool("split", store.preferences.split ? "single" : "split", () => prefer({ split: !store.preferences.split }), "only-wide"),
      this.tool(dark ? "sun" : "moon", dark ? "light" : "dark", () => this.actions.setTheme(dark ? "light" : "dark")),
      this.tool("code", "developer", () => prefer({ drawer: !store.preferences.drawer })),
    ]);
  }

  tool(image, key, run, extra) {
    return el(`button.tool.round${extra ? `.${extra}` : ""}`, { type: "button", title: t(key), "aria-label": t(key), dataset: { tool: key }, onclick: run }, icon(image, 21));
  }

  /** The tally runs up to its value instead of jumping: one sees the messages leave. */
  countUp() {
    if (this.shown === store.ledger || this.counting) return;
    if (!this.started || document.hidden || matchMedia("(prefers-reduced-motion: reduce)").matches) {
      this.started = true;
      this.shown = store.ledger;
      this.tallyNumber.textContent = number(this.shown);
      return;
    }
    this.counting = true;
    this.tally.classList.add("counting");
    const step = () => {
      const gap = store.ledger - this.shown;
      this.shown += Math.sign(gap) * Math.max(1, Math.ceil(Math.abs(gap) / 9));
      this.tallyNumber.textContent = number(this.shown);
      if (this.shown !== store.ledger) return void setTimeout(step, 33);
      this.counting = false;
      this.tally.classList.remove("counting");
    };
    step();
  }
}
