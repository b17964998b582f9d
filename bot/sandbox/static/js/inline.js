// Inline mode: "@bot words" in the line asks the bot; its results stand above the line to choose from.
import * as api from "./api.js";
import { el, replace } from "./dom.js";
import { store } from "./store.js";
import { t } from "./words.js";

const PAUSE = 350; // milliseconds without typing before the bot is asked

export class InlineResults {
  /** actions: {chosen(), start(payload)}; pane: {personId, chatId, guard(promise)}. */
  constructor(pane, actions) {
    this.pane = pane;
    this.actions = actions;
    this.root = el("div.inline-results", { hidden: true, role: "listbox" });
  }

  /** The line was changed: ask when it is a question to the bot. */
  typed(text) {
    clearTimeout(this.timer);
    const asked = new RegExp(`^@${store.bot.username}\\s([\\s\\S]*)$`, "i").exec(text);
    if (!asked) return this.hide();
    this.timer = setTimeout(() => this.ask(asked[1].trim()), PAUSE);
  }

  async ask(query) {
    replace(this.root, el("p.note", {}, t("asking")));
    this.root.hidden = false;
    const answer = await this.pane.guard(api.ask(this.pane.personId, this.pane.chatId, query));
    this.query = answer?.inline_query_id;
    if (this.early?.inline_query_id === this.query) this.answered(this.early);
  }

  /** The bot's answer from the stream, perhaps before the question's own HTTP answer. */
  answered(event) {
    if (event.inline_query_id !== this.query) return void (this.early = event);
    const { results, button } = event;
    replace(this.root,
      button?.start_parameter && el("button.inline-button", { type: "button", onclick: () => this.actions.start(button.start_parameter) }, button.text),
      results.length ? results.map((one) => this.result(one)) : el("p.note", {}, t("noResults")));
  }

  result(one) {
    const title = one.title || one.caption || one.input_message_content?.message_text || one.type;
    return el("button.inline-result", { type: "button", role: "option", onclick: async () => {
      const { query } = this;
      this.hide();
      if (await this.pane.guard(api.chooseResult(query, String(one.id)))) this.actions.chosen();
    } }, el("span.inline-letter", {}, [...title][0]?.toLocaleUpperCase("tr")), el("span.inline-text", {}, el("strong", {}, title), one.description && el("span", {}, one.description)));
  }

  hide() {
    clearTimeout(this.timer);
    const shown = !this.root.hidden;
    this.root.hidden = true;
    this.query = null;
    return shown;
  }
}
