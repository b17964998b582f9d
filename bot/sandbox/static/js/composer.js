// The line at the foot of a chat: START, unblock, or the input with the command menu, paperclip and stickers.
import { el, refresh, replace } from "./dom.js";
import { icon } from "./icons.js";
import { keyboardOf, ReplyKeys } from "./replykeys.js";
import { store } from "./store.js";
import { t } from "./words.js";

const STICKERS = ["👍", "🙏", "🎉", "😀", "❤️", "🤔"];

/** actions: send(text), files(FileList), sticker(emoji), start(), unblock(), cancelReply(), editLast(), typed(text), key(button). */
export class Composer {
  constructor(actions) {
    this.actions = actions;
    this.chosen = 0;
    this.commands = [];
    this.list = el("div.command-list", { hidden: true, role: "listbox" });
    this.keys = new ReplyKeys((button) => actions.key(button), () => this.drawKeysButton());
    this.keysButton = el("button.round.keys-button", { type: "button", hidden: true, onclick: () => this.keys.toggle() }, icon("keys", 23));
    this.input = el("textarea.input", { rows: 1, oninput: () => this.typed(), onkeydown: (event) => this.key(event), onpaste: (event) => this.paste(event) });
    this.picker = el("input", { type: "file", hidden: true, multiple: true, onchange: () => {
      actions.files(this.picker.files);
      this.picker.value = "";
    } });
    this.menuButton = el("button.menu-button", { type: "button", onclick: () => this.toggleCommands() });
    this.clip = el("button.round.clip", { type: "button", onclick: () => this.picker.click() }, icon("clip", 23));
    this.smile = el("button.round.smile", { type: "button", onclick: () => this.toggleStickers() }, icon("smile", 23));
    this.sendButton = el("button.round.send", { type: "button", onclick: () => this.submit() }, icon("send", 24));
    this.replying = el("div.replying", { hidden: true });
    this.tray = el("div.tray", { hidden: true });
    this.big = el("button.big", { type: "button" });
    this.line = el("div.line", {}, this.menuButton, this.clip, this.input, this.keysButton, this.smile, this.sendButton, this.picker);
    this.still = el("div.still");
    this.root = el("div.composer", {}, this.list, this.tray, this.replying, this.line, this.keys.root, this.big, this.still);
  }

  /** mode: "write" | "start" | "blocked" | "still"; commands: [{command, description}]; reply: {icon, name, text} or null. */
  update(mode, commands, reply, messages) {
    this.commands = commands;
    refresh(this.menuButton, [t("menu"), commands.length], () => [icon("menu", 18), el("span", {}, t("menu"))]);
    this.menuButton.hidden = !commands.length;
    const keyboard = mode === "write" ? keyboardOf(messages) : null;
    this.keys.update(keyboard);
    this.drawKeysButton();
    this.input.placeholder = keyboard?.markup.input_field_placeholder || t("message");
    this.input.setAttribute("aria-label", t("message"));
    this.list.setAttribute("aria-label", t("command"));
    for (const [button, key] of [[this.keysButton, "keyboard"], [this.clip, "attach"], [this.smile, "sticker"], [this.sendButton, "send"]]) {
      button.title = t(key);
      button.setAttribute("aria-label", t(key));
    }
    this.line.hidden = mode !== "write";
    this.big.hidden = !["start", "blocked"].includes(mode);
    this.still.hidden = mode !== "still";
    this.still.textContent = t("onlyAdmins");
    refresh(this.big, [mode, t("start")], () => t(mode === "blocked" ? "unblockBig" : "start"));
    this.big.onclick = () => (mode === "blocked" ? this.actions.unblock() : this.actions.start());
    this.replying.hidden = !reply;
    refresh(this.replying, [reply, t("close")], () => reply && [icon(reply.icon, 22), el("div", {}, el("span.reply-name", {}, reply.name), el("span.reply-text", {}, reply.text)),
      el("button.round", { type: "button", "aria-label": t("close"), onclick: () => this.actions.cancelReply() }, icon("close", 20))]);
    if (!this.list.hidden) this.showCommands();
  }

  drawKeysButton() {
    this.keysButton.hidden = !this.keys.found;
    this.keys.root.hidden = !this.keys.found || this.keys.closed === this.keys.found.id;
    this.keysButton.setAttribute("aria-pressed", String(!this.keys.root.hidden));
  }

  /** The line is as high as its text; an empty one never grows for its placeholder. */
  fit() {
    this.input.style.height = "";
    if (this.input.value && this.input.scrollHeight > 44) this.input.style.height = `${Math.min(this.input.scrollHeight, 160)}px`;
  }

  typed() {
    this.fit();
    this.root.classList.toggle("has-text", Boolean(this.input.value.trim()));
    this.chosen = 0;
    if (/^\/\w*$/.test(this.input.value)) this.showCommands();
    else this.hideLists();
    this.actions.typed(this.input.value);
  }

  matching() {
    const start = this.input.value.startsWith("/") ? this.input.value.slice(1).toLowerCase() : "";
    return this.commands.filter((one) => one.command.startsWith(start));
  }

  showCommands() {
    const matching = this.matching();
    this.list.hidden = !matching.length;
    this.tray.hidden = true;
    replace(this.list, matching.map((one, index) =>
      el(`button.command-item${index === this.chosen && this.input.value ? ".chosen" : ""}`, { type: "button", role: "option", "aria-selected": String(index === this.chosen && Boolean(this.input.value)), tabindex: -1, onclick: () => this.run(one) },
        el("span.command-name", {}, `/${one.command}`), el("span.command-text", {}, one.description))));
  }

  run(command) {
    this.clear();
    this.actions.command(`/${command.command}`);
  }

  toggleCommands() {
    if (this.list.hidden) this.showCommands();
    else this.hideLists();
  }

  toggleStickers() {
    this.list.hidden = true;
    this.tray.hidden = !this.tray.hidden;
    replace(this.tray, STICKERS.map((emoji) => el("button.tray-item", { type: "button", "aria-label": `${t("stickerWord")} ${emoji}`, onclick: () => {
      this.hideLists();
      this.actions.sticker(emoji);
    } }, emoji)));
  }

  /** True when something was open. */
  hideLists() {
    const shown = !this.list.hidden || !this.tray.hidden;
    this.list.hidden = this.tray.hidden = true;
    return shown;
  }

  key(event) {
    if (event.isComposing) return;
    const matching = this.list.hidden ? [] : this.matching();
    if (matching.length && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      event.preventDefault();
      this.chosen = (this.chosen + (event.key === "ArrowDown" ? 1 : matching.length - 1)) % matching.length;
      this.showCommands();
    } else if (matching.length && event.key === "Tab" && this.input.value) {
      event.preventDefault();
      this.input.value = `/${matching[this.chosen].command}`;
      this.typed();
    } else if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      if (matching.length && this.input.value.startsWith("/")) this.run(matching[this.chosen]);
      else this.submit();
    } else if (event.key === "ArrowUp" && !this.input.value) {
      event.preventDefault();
      this.actions.editLast();
    } else if (event.key === "Escape" && (this.hideLists() || !this.replying.hidden)) {
      event.stopPropagation();
      this.actions.cancelReply();
    }
  }

  paste(event) {
    if (!event.clipboardData?.files.length) return;
    event.preventDefault();
    this.actions.files(event.clipboardData.files);
  }

  /** Put a text into the line without taking the focus. */
  show(text) {
    this.input.value = text;
    this.typed();
    this.hideLists();
  }

  fill(text) {
    this.input.value = text;
    this.typed();
    this.hideLists();
    this.input.focus();
  }

  clear() {
    this.input.value = "";
    this.typed();
    this.hideLists();
  }

  submit() {
    const text = this.input.value.trim();
    if (!text) return;
    this.clear();
    this.actions.send(text);
  }
}

export const commandsOf = (personId, chatId) => store.commands[`${personId}:${chatId}`] || store.commands[personId] || [];
