// One phone: the chat of one person with the bot, or a group they are in.
import * as api from "./api.js";
import { avatar } from "./avatar.js";
import { row } from "./bubble.js";
import { commandsOf, Composer } from "./composer.js";
import { el } from "./dom.js";
import { isService, settleQuotes, summary } from "./entities.js";
import { Header } from "./header.js";
import { InlineResults } from "./inline.js";
import { messageMenu } from "./menus.js";
import { confirmLink, copy, toast } from "./overlays.js";
import { Reader } from "./reading.js";
import { roving } from "./roving.js";
import { changed, fullName, now, personById, prefer, seenByBot, store } from "./store.js";
import { tap } from "./taps.js";
import { listenForDrops, offer } from "./uploads.js";
import { dayKey, dayLabel, pick, reason, t } from "./words.js";

const GROUPED_WITHIN = 600; // seconds between messages that share one tail
const LONGEST = 4096; // characters of one message
const SAVE_DRAFT_AFTER = 300; // milliseconds without typing

export class Pane {
  constructor(index) {
    this.index = index;
    this.rows = new Map();
    this.reply = null; // the message that is answered
    this.edited = null; // the own message that is rewritten
    this.start = null; // the payload of a link to the bot, until START is pressed
    this.asked = 0; // the newest message whose forced reply was opened
    this.header = new Header(this);
    this.list = roving(el("div.messages", { role: "log", tabindex: 0 }), ".bubble");
    this.reader = new Reader(this, this.list);
    this.reader.onresize = () => {
      settleQuotes(this.list);
      this.composer.fit();
    };
    this.composer = new Composer({
      send: (text) => this.send(text), command: (text) => this.command(text), files: (files) => offer(this, files), sticker: (emoji) => this.guard(api.sticker(...this.place, emoji)),
      start: () => this.begin(), unblock: () => this.block(false), cancelReply: () => this.setReply(null), editLast: () => this.editLast(), typed: (text) => this.typed(text), key: (button) => this.pressKey(button),
    });
    this.inline = new InlineResults(this, { chosen: () => this.composer.clear(), start: (payload) => this.startWith({ payload }) });
    this.composer.root.prepend(this.inline.root);
    const zone = el("div.drop-zone");
    this.stage = el("div.stage", {}, this.reader.scroller, this.reader.toBottom, zone);
    this.root = el("section.pane", { onpointerdown: () => this.activate(), onfocusin: () => this.activate() }, this.header.parts, this.stage, this.composer.root);
    listenForDrops(this, zone);
    this.actions = {
      command: (text) => this.send(text), copy: (text) => copy(this.root, text), tap: (event, message, button) => tap(this, message, button), start: (start) => this.startWith(start),
      link: (event, url, shown) => this.link(event, url, shown), menu: (event, message) => messageMenu(this, event, message), jump: (id) => this.reader.jump(id),
      vote: (message, options) => (this.reader.divider = 0) || this.guard(api.vote(...this.place, message.message_id, options)),
    };
  }

  get person() {
    return personById(this.personId);
  }
  get chat() {
    return store.chats.get(this.chatId);
  }
  get place() {
    return [this.personId, this.chatId];
  }
  get inGroup() {
    return this.chatId !== this.personId;
  }
  get blocked() {
    return !this.inGroup && Boolean(this.person?.blocked);
  }
  get mayWrite() {
    return !this.blocked && (!this.chat?.writers || this.chat.writers.includes(this.personId));
  }

  activate() {
    if (store.preferences.active !== this.index) prefer({ active: this.index });
  }

  update({ person, chat }) {
    const switched = this.personId !== person || this.chatId !== chat;
    if (switched && this.personId) {
      this.keepDraft();
      this.reader.keepPlace();
    }
    [this.personId, this.chatId] = [person, chat];
    if (switched) this.enter();
    const visible = this.visible();
    if (visible && (switched || !this.wasVisible)) this.reader.open();
    this.wasVisible = visible;
    this.root.dataset.person = person;
    this.root.classList.toggle("active", store.preferences.active === this.index);
    this.root.setAttribute("aria-label", t("phoneOf", { name: fullName(this.person) }));
    this.header.update();
    this.drawMessages();
    const messages = this.chat?.messages || [];
    this.forcedReply(messages);
    this.composer.update(this.mode(messages), commandsOf(this.personId, this.chatId), this.aside(), messages);
  }

  /** Another chat: nothing of the former one stays but its draft, which comes back with it. */
  enter() {
    this.rows.clear();
    this.list.replaceChildren();
    this.reply = this.edited = this.start = null;
    this.inline.hide();
    this.composer.show(store.preferences.drafts[this.reader.key] || "");
  }

  mode(messages) {
    if (this.blocked) return "blocked";
    if (!this.mayWrite) return "still";
    return this.start !== null || (!messages.length && !this.inGroup) ? "start" : "write";
  }

  visible() {
    return this.root.offsetParent !== null && !document.hidden;
  }

  /** Show another person here; when the other pane has them already, the two change places. */
  show(personId) {
    store.chosenAt = performance.now();
    const panes = store.preferences.panes.map((pane) => ({ ...pane }));
    const other = panes.findIndex((pane, i) => i !== this.index && pane.person === personId);
    if (other >= 0) panes[other] = panes[this.index];
    panes[this.index] = { person: personId, chat: personId };
    prefer({ panes, active: this.index });
  }

  block(blocked) {
    return this.guard(api.block(this.personId, blocked));
  }

  drawMessages() {
    const messages = this.chat?.messages || [];
    const wanted = [];
    if (!messages.length) wanted.push(this.keyed("empty", [store.about, this.person, this.inGroup, t("empty")], () => this.emptyCard()));
    const groups = albums(messages);
    groups.forEach((group, i) => {
      const message = group[0];
      const [before, after] = [groups[i - 1]?.at(-1), groups[i + 1]?.[0]];
      const day = dayKey(message.date);
      if (!before || dayKey(before.date) !== day)
        wanted.push(this.keyed(`day${day}`, dayLabel(message.date, now()), () => el("div.day", {}, el("span", {}, dayLabel(message.date, now())))));
      const fresh = group.some((one) => one.message_id === this.reader.divider);
      if (fresh) wanted.push(this.keyed("unread", t("newMessages"), () => el("div.unread-line", {}, t("newMessages"))));
      const first = !before || fresh || !together(before, message);
      const last = !after || !together(message, after);
      const waiting = [...store.taps.values()].filter((one) => one.chatId === this.chatId && one.messageId === message.message_id).map((one) => one.data);
      wanted.push(this.keyed(message.message_id, [group, first, last, waiting, seenByBot(message), t("today")], () => this.row(group, first, last)));
    });
    this.put(wanted);
    settleQuotes(this.list);
    this.reader.settle();
  }

  keyed(key, signature, build) {
    const known = this.rows.get(key);
    const now = JSON.stringify(signature);
    if (known && known.signature === now) return known;
    const entry = { key, signature: now, node: build(), fresh: !known };
    if (known) keepOpen(known.node, entry.node);
    this.rows.set(key, entry);
    return entry;
  }

  put(wanted) {
    const keep = new Set(wanted.map((entry) => entry.key));
    const nodes = new Set(wanted.map((entry) => entry.node));
    const had = this.list.childElementCount > 0;
    for (const key of [...this.rows.keys()]) if (!keep.has(key)) this.rows.delete(key);
    for (const node of [...this.list.children]) if (!nodes.has(node)) node.remove();
    wanted.forEach((entry, i) => {
      if (had && entry.fresh && typeof entry.key === "number") entry.node.classList.add("arriving");
      entry.fresh = false;
      if (this.list.children[i] !== entry.node) this.list.insertBefore(entry.node, this.list.children[i] || null);
    });
  }

  row(group, first, last) {
    const album = group.length > 1 ? group : null;
    return row(group[0], { personId: this.personId, chatId: this.chatId, group: this.inGroup, channel: this.chat?.type === "channel", first, last, album, actions: this.actions });
  }

  emptyCard() {
    const note = !this.inGroup && pick(this.person?.note);
    const about = pick(store.about.description);
    const face = note ? avatar(this.person, 72) : this.inGroup ? avatar({ id: this.chatId, first_name: this.chat?.title }, 72) : avatar({ ...store.bot, is_bot: true }, 72);
    const title = note ? fullName(this.person) : about && !this.inGroup ? t("whatCan") : t("empty");
    return el("div.empty", {}, el("div.empty-card", {}, face, el("strong", {}, title), el("p", {}, note || (this.inGroup ? "" : about || t("emptyHint")))));
  }

  async guard(promise) {
    try {
      return await promise;
    } catch (error) {
      toast(this.root, t("failed", { reason: reason(error.message) }));
      return null;
    }
  }

  async send(text) {
    const [reply, edited] = [this.reply?.message_id, this.edited?.message_id];
    this.setReply(null);
    if (edited) return this.guard(api.edit(...this.place, edited, text));
    this.reader.stuck = true;
    this.reader.divider = 0;
    const [place, { key }] = [this.place, this.reader];
    for (const part of parts(text)) {
      const sent = await this.guard(api.send(...place, part, reply));
      if (!sent && key === this.reader.key && !this.composer.input.value) return this.composer.fill(text); // nothing typed is lost
    }
  }

  /** A command chosen from the list; in a group it names the bot, as Telegram does. */
  command(text) {
    return this.send(this.inGroup ? `${text}@${store.bot.username}` : text);
  }

  begin() {
    const payload = this.start?.payload;
    this.start = null;
    return this.send(payload ? `/start ${payload}` : "/start");
  }

  /** A link to the bot with a payload was opened: the big START button carries it. */
  startWith(start) {
    if (this.inGroup) this.show(this.personId);
    this.start = start;
    changed();
  }

  pressKey(button) {
    if (button.request_contact || button.request_location) return this.guard(api.share(...this.place, button.request_contact ? "contact" : "location"));
    if (["web_app", "request_poll", "request_users", "request_chat", "request_managed_bot"].some((key) => button[key])) return void toast(this.root, t("notHere"));
    return this.send(button.text);
  }

  /** The bot forces a reply: the answer line opens by itself, once. */
  forcedReply(messages) {
    const last = messages.at(-1);
    if (!last?._reply_keyboard?.force_reply || last.message_id === this.asked) return;
    this.asked = last.message_id;
    this.reply = last;
  }

  typed(text) {
    this.inline.typed(text);
    if (this.edited) return;
    this.unsaved = [this.reader.key, text];
    clearTimeout(this.draftTimer);
    this.draftTimer = setTimeout(() => this.keepDraft(), text ? SAVE_DRAFT_AFTER : 0);
  }

  /** What was typed and is not kept yet is kept now. */
  keepDraft() {
    if (this.unsaved) saveDraft(...this.unsaved);
    this.unsaved = null;
  }

  /** Put a text into the line of another place: [person id, chat id]. */
  fillThere([person, chat], text) {
    const panes = store.preferences.panes.map((pane, i) => (i === this.index ? { person, chat } : pane));
    saveDraft(`${person}:${chat}`, text);
    prefer({ panes });
    if (person === this.personId && chat === this.chatId) this.composer.fill(text);
  }

  setReply(message) {
    if (this.edited) this.composer.show(store.preferences.drafts[this.reader.key] || "");
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
    const own = (this.chat?.messages || []).filter((one) => one.from?.id === this.personId && one.text !== undefined && !one.forward_origin && !one.via_bot);
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

  async link(event, url, shown) {
    if (url.replace(/\/$/, "") === shown.replace(/\/$/, "") || url.startsWith("mailto:")) return;
    event.preventDefault();
    if (await confirmLink(this.root, url)) window.open(url, "_blank", "noopener");
  }
}

/** A text longer than a message, cut at 4096 characters as Telegram's apps do. */
function parts(text) {
  const letters = [...text];
  return Array.from({ length: Math.ceil(letters.length / LONGEST) }, (_, i) => letters.slice(i * LONGEST, (i + 1) * LONGEST).join(""));
}

function saveDraft(key, text) {
  if ((store.preferences.drafts[key] || "") === text) return;
  const drafts = { ...store.preferences.drafts };
  if (text.trim()) drafts[key] = text;
  else delete drafts[key];
  prefer({ drafts });
}

/** Quotations one has opened and spoilers one has seen stay so when their message is drawn anew. */
function keepOpen(old, fresh) {
  for (const [selector, mark, on] of [["blockquote.expandable", "collapsed", false], [".spoiler", "shown", true], [".photo-button", "covered", false]]) {
    const before = [...old.querySelectorAll(selector)].map((one) => one.classList.contains(mark));
    [...fresh.querySelectorAll(selector)].forEach((one, i) => before[i] === on && one.classList.toggle(mark, on));
  }
}

/** The messages, photos and films of one album together. */
function albums(messages) {
  const groups = [];
  for (const message of messages) {
    const last = groups.at(-1);
    const joins = message.media_group_id && (message.photo || message.video) && last?.[0].media_group_id === message.media_group_id;
    if (joins) last.push(message);
    else groups.push([message]);
  }
  return groups;
}

const together = (a, b) => a.from?.id === b.from?.id && !isService(a) && !isService(b) && b.date - a.date < GROUPED_WITHIN && dayKey(a.date) === dayKey(b.date);
