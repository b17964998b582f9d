// One phone: the chat of one person with the bot.
import * as api from "./api.js";
import { avatar } from "./avatar.js";
import { row } from "./bubble.js";
import { commandsOf, Composer } from "./composer.js";
import { el, refresh } from "./dom.js";
import { settleQuotes, summary } from "./entities.js";
import { icon } from "./icons.js";
import { chatMenu, messageMenu } from "./menus.js";
import { alertBox, confirmLink, copy, dialog, toast } from "./overlays.js";
import { changed, fullName, markRead, now, personById, prefer, store, unread } from "./store.js";
import { side, tagLabel } from "./tags.js";
import { dayKey, dayLabel, fileSize, number, pick, t } from "./words.js";

const TAP_TIMEOUT = 15000;
const GROUPED_WITHIN = 600; // seconds between messages that share one tail

export class Pane {
  constructor(index) {
    this.index = index;
    this.rows = new Map();
    this.reply = null; // the message that is answered
    this.edited = null; // the own message that is rewritten
    this.stuck = true;
    this.owner = el("div.owner");
    this.header = el("header.chat-header");
    this.list = el("div.messages", { role: "log" });
    this.scroller = el("div.scroller", { onscroll: () => this.userScrolled() }, this.list);
    this.bottomCount = el("span.badge", { hidden: true });
    this.toBottom = el("button.to-bottom", { type: "button", hidden: true, onclick: () => this.scrollDown(true) }, this.bottomCount, icon("down", 24));
    this.dropZone = el("div.drop-zone");
    this.composer = new Composer({
      send: (text) => this.send(text), files: (files) => this.files(files), sticker: (emoji) => this.guard(api.sticker(this.personId, this.chatId, emoji)),
      start: () => this.send("/start"), unblock: () => this.block(false), cancelReply: () => this.setReply(null), editLast: () => this.editLast(),
    });
    this.stage = el("div.stage", {}, this.scroller, this.toBottom, this.dropZone);
    this.root = el("section.pane", { onpointerdown: () => this.activate(), onfocusin: () => this.activate() }, this.owner, this.header, this.stage, this.composer.root);
    this.listenForDrops();
    // Opening the drawer or the command menu changes the height: what was at the bottom stays there.
    new ResizeObserver(() => this.resized()).observe(this.scroller);
    this.actions = {
      command: (text) => this.send(text), copy: (text) => copy(this.root, text), tap: (event, message, button) => this.tap(message, button),
      link: (event, url, shown) => this.link(event, url, shown), menu: (event, message) => messageMenu(this, event, message), jump: (id) => this.jump(id),
    };
  }

  get person() {
    return personById(this.personId);
  }
  get chat() {
    return store.chats.get(this.chatId);
  }
  get inGroup() {
    return this.chatId !== this.personId;
  }
  get blocked() {
    return !this.inGroup && Boolean(this.person?.blocked);
  }

  activate() {
    if (store.preferences.active !== this.index) prefer({ active: this.index });
  }

  update({ person, chat }) {
    const switched = this.personId !== person || this.chatId !== chat;
    [this.personId, this.chatId] = [person, chat];
    if (switched) {
      this.rows.clear();
      this.list.replaceChildren();
      this.setReply(null);
      this.composer.clear();
      this.stuck = true;
    }
    this.root.dataset.person = person;
    this.root.classList.toggle("active", store.preferences.active === this.index);
    this.drawOwner();
    this.drawHeader();
    this.drawMessages();
    const messages = this.chat?.messages || [];
    const empty = !messages.some((message) => message.from?.id === this.personId) && !messages.length;
    const mode = this.blocked ? "blocked" : empty && this.chatId === this.personId ? "start" : "write";
    this.composer.update(mode, commandsOf(this.personId, this.chatId), this.aside());
  }

  visible() {
    return this.root.offsetParent !== null && !document.hidden;
  }

  drawOwner() {
    const person = this.person;
    const same = store.persons.filter((one) => side(one) === side(person));
    const others = same.map((one) => [one.id, one.first_name, unread(one.id, one.id)]);
    refresh(this.owner, [person, others, t("more"), store.preferences.panes], () => [
      avatar(person, 26),
      el("span.owner-name", { title: t("phoneOf", { name: fullName(person) }) }, fullName(person)),
      person.tag && el("span.tag", {}, tagLabel(person.tag)),
      el("span.grow"),
      same.length > 1 && el("div.switch", {}, same.map((one) => this.switchButton(one))),
    ]);
  }

  switchButton(one) {
    const here = one.id === this.personId;
    const count = here ? 0 : unread(one.id, one.id);
    return el(`button.switch-to${here ? ".here" : ""}`, {
      type: "button", title: fullName(one), "aria-label": fullName(one), "aria-pressed": String(here), onclick: () => this.show(one.id),
    }, avatar(one, 24), count > 0 && el("span.dot"));
  }

  /** Show another person here; when the other pane has them already, the two change places. */
  show(personId) {
    const panes = store.preferences.panes.map((pane) => ({ ...pane }));
    const other = panes.findIndex((pane, i) => i !== this.index && pane.person === personId);
    if (other >= 0) panes[other] = panes[this.index];
    panes[this.index] = { person: personId, chat: personId };
    prefer({ panes, active: this.index });
  }

  drawHeader() {
    const typing = store.typing.get(this.chatId);
    const busy = typing && typing.until > performance.now();
    const group = this.inGroup ? this.chat : null;
    const present = !group || ["member", "administrator"].includes(group.bot_status);
    const about = group ? [t("members", { n: number(group.members) }), t(present ? (group.bot_status === "administrator" ? "botAdmin" : "botIn") : "botOut")].join(", ") : t("bot");
    const action = busy && (/upload|record/.test(typing.action) ? "uploading" : /sticker/.test(typing.action) ? "choosing" : "typing");
    refresh(this.header, [store.bot, action, group?.title, about, this.blocked, this.personId, t("more")], () => [
      el("button.round.back", { type: "button", "aria-label": t("back"), onclick: () => prefer({ screen: "list" }) }, icon("back", 24)),
      avatar(group ? { id: group.id, first_name: group.title } : { ...store.bot, is_bot: true }, 40),
      el("div.chat-title", {}, el("div.name", {}, group ? group.title : store.bot.first_name),
        el(`div.status${action ? ".typing" : ""}`, {}, action ? [t(action), el("span.dots", {}, el("i"), el("i"), el("i"))] : [about, el("span.whose", {}, ` · ${t("phoneOf", { name: fullName(this.person) })}`)])),
      el("span.grow"),
      el("span.whose", {}, avatar(this.person, 30)),
      el("button.round", { type: "button", title: t("more"), "aria-label": t("more"), onclick: (event) => chatMenu(this, event) }, icon("more", 22)),
    ]);
  }

  block(blocked) {
    return this.guard(api.block(this.personId, blocked));
  }

  drawMessages() {
    const messages = this.chat?.messages || [];
    const wanted = [];
    this.list.classList.toggle("is-empty", !messages.length);
    if (!messages.length) wanted.push(this.keyed("empty", [store.about, t("empty")], () => this.emptyCard()));
    messages.forEach((message, i) => {
      const before = messages[i - 1];
      const after = messages[i + 1];
      const day = dayKey(message.date);
      if (!before || dayKey(before.date) !== day)
        wanted.push(this.keyed(`day${day}`, dayLabel(message.date, now()), () => el("div.day", {}, el("span", {}, dayLabel(message.date, now())))));
      const first = !before || !together(before, message);
      const last = !after || !together(message, after);
      const waiting = [...store.taps.values()].filter((tap) => tap.chatId === this.chatId && tap.messageId === message.message_id).map((tap) => tap.data);
      wanted.push(this.keyed(message.message_id, [message, first, last, waiting, t("today")], () => this.row(message, first, last)));
    });
    this.place(wanted);
    settleQuotes(this.list);
    if (this.stuck) this.scrollDown(false);
    this.scrolled();
  }

  keyed(key, signature, build) {
    const known = this.rows.get(key);
    const now = JSON.stringify(signature);
    if (known && known.signature === now) return known;
    const entry = { key, signature: now, node: build(), fresh: !known };
    if (known) {
      const open = [...known.node.querySelectorAll("blockquote.expandable")].map((quote) => !quote.classList.contains("collapsed"));
      [...entry.node.querySelectorAll("blockquote.expandable")].forEach((quote, i) => open[i] && quote.classList.remove("collapsed"));
    }
    this.rows.set(key, entry);
    return entry;
  }

  place(wanted) {
    const keep = new Set(wanted.map((entry) => entry.key));
    const had = this.list.childElementCount > 0;
    for (const key of [...this.rows.keys()]) if (!keep.has(key)) this.rows.delete(key);
    const current = [...this.list.children];
    wanted.forEach((entry, i) => {
      if (had && entry.fresh && typeof entry.key === "number") entry.node.classList.add("arriving");
      entry.fresh = false;
      if (this.list.children[i] !== entry.node) this.list.insertBefore(entry.node, this.list.children[i] || null);
    });
    for (const node of current) if (!wanted.some((entry) => entry.node === node)) node.remove();
  }

  row(message, first, last) {
    return row(message, { personId: this.personId, chatId: this.chatId, group: this.inGroup, first, last, actions: this.actions });
  }

  emptyCard() {
    const about = pick(store.about.description);
    return el("div.empty", {}, el("div.empty-card", {}, avatar({ ...store.bot, is_bot: true }, 72), el("strong", {}, about ? t("whatCan") : t("empty")),
      el("p", {}, about || t("emptyHint"))));
  }

  resized() {
    this.size = [this.scroller.clientWidth, this.scroller.clientHeight].join();
    settleQuotes(this.list);
    if (this.stuck) this.scrollDown(false);
    this.scrolled();
  }

  /** Only a scroll within an unchanged frame is the reader's own; any other comes from a new layout. */
  userScrolled() {
    const { scrollTop, scrollHeight, clientHeight, clientWidth } = this.scroller;
    if (this.size !== [clientWidth, clientHeight].join()) return;
    this.stuck = scrollHeight - scrollTop - clientHeight < 60;
    this.scrolled();
  }

  scrolled() {
    const { scrollTop } = this.scroller;
    this.toBottom.hidden = this.stuck;
    this.oneDayLabel(scrollTop);
    if (this.stuck && this.visible()) markRead(this.personId, this.chatId);
    const count = this.stuck ? 0 : unread(this.personId, this.chatId);
    this.bottomCount.hidden = !count;
    this.bottomCount.textContent = number(count);
    this.toBottom.title = t("toBottom");
    this.toBottom.setAttribute("aria-label", t("toBottom"));
  }

  /** Of the date labels that stick to the top only the latest is shown. */
  oneDayLabel(scrollTop) {
    const labels = [...this.list.querySelectorAll(".day")];
    const stuckCount = labels.filter((label) => label.offsetTop <= scrollTop + 8).length;
    labels.forEach((label, i) => (label.style.visibility = i < stuckCount - 1 ? "hidden" : ""));
  }

  scrollDown(smooth) {
    this.scroller.scrollTo({ top: this.scroller.scrollHeight, behavior: smooth ? "smooth" : "instant" });
  }

  async guard(promise) {
    try {
      return await promise;
    } catch (error) {
      toast(this.root, t("failed", { reason: error.message }));
      return null;
    }
  }

  send(text) {
    const [reply, edited] = [this.reply?.message_id, this.edited?.message_id];
    this.setReply(null);
    if (edited) return this.guard(api.edit(this.personId, this.chatId, edited, text));
    this.stuck = true;
    return this.guard(api.send(this.personId, this.chatId, text, reply));
  }

  setReply(message) {
    if (this.edited) this.composer.clear();
    this.reply = message;
    this.edited = null;
    if (message) this.composer.input.focus();
    changed();
  }

  setEdited(message) {
    this.reply = null;
    this.edited = message;
    this.composer.fill(message.text ?? message.caption);
    changed();
  }

  /** As in Telegram, the arrow up in an empty line takes one's last message up again. */
  editLast() {
    const own = (this.chat?.messages || []).filter((one) => one.from?.id === this.personId && one.text !== undefined && !one.forward_origin);
    if (own.length) this.setEdited(own.at(-1));
  }

  /** What stands above the line: the message that is answered or rewritten. */
  aside() {
    if (this.edited) return { icon: "pencil", name: t("editing"), text: summary(this.edited) };
    return this.reply && { icon: "reply", name: this.replyName(), text: summary(this.reply) };
  }

  replyName() {
    return this.reply.from?.id === this.personId ? t("you") : fullName(personById(this.reply.from?.id) || store.bot);
  }

  async files(files) {
    for (const file of [...files]) {
      const caption = el("input.field", { placeholder: t("caption"), "aria-label": t("caption") });
      const body = el("div.file-offer", {}, el("div.offer-line", {}, icon("file", 40), el("div", {}, el("div.file-name", {}, file.name), el("div.file-size", {}, fileSize(file.size)))), caption);
      const sure = await dialog(this.root, { title: t("sendFile"), body, buttons: [{ label: t("cancel"), value: false }, { label: t("send"), value: true }] });
      if (sure) {
        this.stuck = true;
        await this.guard(api.upload(this.personId, this.chatId, file, caption.value));
      }
    }
  }

  async tap(message, button) {
    if (button.url) {
      if (/^(https?|mailto):/i.test(button.url) && (await confirmLink(this.root, button.url))) window.open(button.url, "_blank", "noopener");
      return;
    }
    if (button.copy_text) return void copy(this.root, button.copy_text.text);
    if (button.callback_data === undefined) return;
    const same = (tap) => tap.chatId === this.chatId && tap.messageId === message.message_id && tap.data === button.callback_data && tap.personId === this.personId;
    if ([...store.taps.values()].some(same)) return;
    const entry = { chatId: this.chatId, messageId: message.message_id, data: button.callback_data, personId: this.personId, pane: this };
    const temporary = Symbol("tap");
    store.taps.set(temporary, entry);
    changed();
    const answer = await this.guard(api.tap(this.personId, this.chatId, message.message_id, button.callback_data));
    store.taps.delete(temporary);
    if (answer && !settled.delete(answer.callback_query_id)) {
      store.taps.set(answer.callback_query_id, entry);
      setTimeout(() => store.taps.delete(answer.callback_query_id) && (toast(this.root, t("noReply")), changed()), TAP_TIMEOUT);
    }
    changed();
  }

  async link(event, url, shown) {
    if (url.replace(/\/$/, "") === shown.replace(/\/$/, "") || url.startsWith("mailto:")) return;
    event.preventDefault();
    if (await confirmLink(this.root, url)) window.open(url, "_blank", "noopener");
  }

  jump(id) {
    const node = this.list.querySelector(`[data-message="${Number(id)}"]`);
    node?.scrollIntoView({ behavior: "smooth", block: "center" });
    node?.classList.add("flash");
    setTimeout(() => node?.classList.remove("flash"), 1600);
  }

  listenForDrops() {
    const carriesFiles = (event) => [...(event.dataTransfer?.types || [])].includes("Files");
    const over = (event, on) => {
      if (!carriesFiles(event)) return;
      event.preventDefault();
      this.root.classList.toggle("dropping", on);
      refresh(this.dropZone, t("drop"), () => el("div", {}, icon("file", 56), el("strong", {}, t("drop")), el("span", {}, t("dropHint"))));
    };
    this.root.addEventListener("dragover", (event) => over(event, true));
    this.root.addEventListener("dragleave", (event) => !this.root.contains(event.relatedTarget) && over(event, false));
    this.root.addEventListener("drop", (event) => {
      over(event, false);
      if (event.dataTransfer?.files.length && !this.blocked) this.files(event.dataTransfer.files);
    });
  }
}

const together = (a, b) => a.from?.id === b.from?.id && b.date - a.date < GROUPED_WITHIN && dayKey(a.date) === dayKey(b.date);

const settled = new Set(); // answers that came before the tap's own HTTP answer

/** A callback answer from the stream: ends the waiting and shows its text. */
export function callbackAnswered(event) {
  const entry = store.taps.get(event.callback_query_id);
  store.taps.delete(event.callback_query_id);
  const waiting = entry || [...store.taps.values()].find((tap) => tap.personId === event.person_id);
  if (!entry) settled.add(event.callback_query_id);
  const pane = waiting?.pane;
  if (pane && pane.personId === waiting.personId) {
    if (event.text) void (event.show_alert ? alertBox(pane.root, event.text) : toast(pane.root, event.text));
    else if (event.url && /^https?:/i.test(event.url)) confirmLink(pane.root, event.url).then((yes) => yes && window.open(event.url, "_blank", "noopener"));
  }
  changed();
}
