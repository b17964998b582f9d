// The keyboard that a bot puts in place of the phone's own: its buttons send their text.
import { el, refresh } from "./dom.js";
import { store } from "./store.js";

/** The newest word of the bot about the keyboard of a chat: {id, markup}, or null when there is none. */
export function keyboardOf(messages) {
  const last = messages.findLast((message) => message._reply_keyboard && message.from?.id === store.bot.id);
  return last && !last._reply_keyboard.remove_keyboard ? { id: last.message_id, message: last, markup: last._reply_keyboard } : null;
}

export class ReplyKeys {
  /** run(button): a button was pressed; toggled(): shown or hidden by hand. */
  constructor(run, toggled) {
    this.run = run;
    this.toggled = toggled;
    this.root = el("div.reply-keys", { hidden: true, role: "group" });
    this.closed = 0; // the message whose keyboard was put away
  }

  update(found) {
    this.found = found?.markup.keyboard ? found : null;
    this.root.hidden = !this.found || this.closed === this.found.id;
    if (!this.found) return;
    refresh(this.root, [this.found.id, this.found.markup], () => this.found.markup.keyboard.map((line) => el("div.reply-line", {}, line.map((button) => this.key(button)))));
  }

  key(button) {
    const one = typeof button === "string" ? { text: button } : button;
    const style = ["primary", "success", "danger"].includes(one.style) ? `.${one.style}` : "";
    return el(`button.reply-key${style}`, { type: "button", onclick: () => {
      if (this.found.markup.one_time_keyboard) this.closed = this.found.id;
      this.run(one);
    } }, one.text);
  }

  toggle() {
    this.closed = this.closed === this.found?.id ? 0 : this.found?.id;
    this.toggled();
  }
}
