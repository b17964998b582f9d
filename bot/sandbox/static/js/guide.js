// The owner's steps: what to do now, on whose phone; and the owner's buttons.
import * as api from "./api.js";
import { avatar } from "./avatar.js";
import { el, refresh } from "./dom.js";
import { icon } from "./icons.js";
import { fullName, personById, showPerson, store } from "./store.js";
import { lang, pick, t } from "./words.js";

const BY_HAND = 4000; // milliseconds in which the reader's own choice of a phone stands
const AFTER = 900; // milliseconds between a step's end and the next one's phone

export class Guide {
  /** busy(id, run): runs a button's work, showing that it runs. */
  constructor(busy) {
    this.busy = busy;
    this.steps = el("ol.guide");
    this.controls = el("div.controls");
    this.root = el("div.strip", {}, this.steps, this.controls);
  }

  update() {
    const steps = store.guide;
    const tracked = steps.some((step) => "done" in step);
    const current = tracked ? steps.findIndex((step) => !step.done) : -1;
    this.steps.classList.toggle("untracked", !tracked);
    this.steps.classList.toggle("finished", tracked && current < 0);
    this.root.hidden = !steps.length && !store.controls.length;
    refresh(this.steps, [steps, lang()], () => steps.map((step, index) => this.step(step, index, index === current, tracked && current < 0 && index === steps.length - 1)));
    this.steps.setAttribute("aria-label", t("guide"));
    const wanted = steps[current]?.control ?? (current < 0 && !tracked ? store.controls[0]?.id : null);
    refresh(this.controls, [store.controls, wanted, lang(), [...store.busy]], () => store.controls.map((control) => this.button(control, control.id === wanted)));
    this.follow(steps[current]);
  }

  step(step, index, current, last) {
    const state = last ? ".current.done" : step.done ? ".done" : current ? ".current" : "";
    return el(`li.guide-step${state}`, { "aria-current": current ? "step" : null },
      el("span.guide-number", { "aria-label": step.done ? t("done") : null }, step.done ? icon("check", 16) : index + 1),
      el("div.guide-words", {}, el("strong", {}, pick(step.title)), el("span", {}, pick(step.text))),
      current && step.show && this.phone(personById(step.show)));
  }

  /** Whose phone the step is about: a tap shows it. */
  phone(person) {
    const words = t("showPhone", { name: fullName(person) });
    return el("button.guide-phone", { type: "button", title: words, "aria-label": words, onclick: () => showPerson(person.id) }, avatar(person, 30));
  }

  button(control, wanted) {
    const working = store.busy.has(control.id);
    return el(`button.control${wanted ? ".primary" : ""}${working ? ".working" : ""}`, {
      type: "button", title: pick(control.hint), dataset: { control: control.id }, disabled: working, "aria-busy": working ? "true" : null,
      onclick: () => this.busy(control.id, () => api.runControl(control.id)),
    }, el("span", {}, pick(control.label)));
  }

  /** When it is another person's turn, their phone comes to the front: nobody has to look for it. */
  follow(step) {
    const turn = step ? JSON.stringify([step.title, step.show]) : "";
    const before = this.turn;
    this.turn = turn;
    if (before === undefined || before === turn || !step?.show) return;
    clearTimeout(this.timer);
    const since = performance.now();
    this.timer = setTimeout(() => {
      if (store.chosenAt > since - BY_HAND) return; // the reader has just gone elsewhere by hand
      const { panes, active, split, screen } = store.preferences;
      const seen = panes.map((pane, i) => pane.person === step.show && pane.chat === step.show && (innerWidth > 1199 && split ? true : i === active && (innerWidth > 760 || screen === "chat")));
      if (seen.includes(true)) return;
      if (document.activeElement?.value) return; // somebody is writing
      const { chosenAt } = store;
      showPerson(step.show);
      store.chosenAt = chosenAt;
    }, AFTER);
  }
}
