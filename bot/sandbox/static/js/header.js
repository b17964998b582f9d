// The top of a phone: whose it is, the chat's name and state, and the pinned message.
import * as api from "./api.js";
import { avatar } from "./avatar.js";
import { el, refresh } from "./dom.js";
import { summary } from "./entities.js";
import { icon } from "./icons.js";
import { chatMenu, personMenu } from "./menus.js";
import { fullName, prefer, store, unread } from "./store.js";
import { side, tagLabel } from "./tags.js";
import { number, pick, t } from "./words.js";

export class Header {
  constructor(pane) {
    this.pane = pane;
    this.owner = el("div.owner");
    this.bar = el("header.chat-header");
    this.pin = el("div.pinned", { hidden: true });
    this.parts = [this.owner, this.bar, this.pin];
  }

  update() {
    this.drawOwner(this.pane.person);
    this.drawBar();
    this.drawPin();
  }

  drawOwner(person) {
    const same = store.persons.filter((one) => side(one) === side(person));
    const others = same.map((one) => [one.id, one.first_name, unread(one.id, one.id)]);
    refresh(this.owner, [person, others, t("more"), store.preferences.panes], () => [
      avatar(person, 26),
      el("span.owner-name", { title: [t("phoneOf", { name: fullName(person) }), pick(person.note)].filter(Boolean).join("\n") }, fullName(person)),
      person.tag && el("span.tag", {}, tagLabel(person.tag)),
      el("span.grow"),
      same.length > 1 && el("div.switch", { role: "group", "aria-label": t("people") }, same.map((one) => this.switchButton(one))),
    ]);
  }

  switchButton(one) {
    const here = one.id === this.pane.personId;
    const count = here ? 0 : unread(one.id, one.id);
    return el(`button.switch-to${here ? ".here" : ""}`, {
      type: "button", title: fullName(one), "aria-label": fullName(one), "aria-pressed": String(here), onclick: () => this.pane.show(one.id),
    }, avatar(one, 24), count > 0 && el("span.dot"));
  }

  drawBar() {
    const { pane } = this;
    const typing = store.typing.get(pane.chatId);
    const busy = typing && typing.until > performance.now();
    const group = pane.inGroup ? pane.chat : null;
    const about = group ? groupWords(group) : t("bot");
    const action = busy && (/upload|record/.test(typing.action) ? "uploading" : /sticker/.test(typing.action) ? "choosing" : "typing");
    refresh(this.bar, [store.bot, action, group?.title, about, pane.blocked, pane.personId, t("more")], () => [
      el("button.round.back", { type: "button", "aria-label": t("back"), onclick: () => prefer({ screen: "list" }) }, icon("back", 24)),
      avatar(group ? { id: group.id, first_name: group.title } : { ...store.bot, is_bot: true }, 40),
      el("div.chat-title", {}, el("div.name", {}, group ? group.title : store.bot.first_name),
        el(`div.status${action ? ".typing" : ""}`, { role: "status" }, action ? [t(action), el("span.dots", {}, el("i"), el("i"), el("i"))] : [about, el("span.whose", {}, ` · ${t("phoneOf", { name: fullName(pane.person) })}`)])),
      el("span.grow"),
      el("button.round.whose", { type: "button", title: t("switchPerson"), "aria-label": t("switchPerson"), "aria-haspopup": "menu", onclick: (event) => personMenu(pane, event) }, avatar(pane.person, 30)),
      el("button.round", { type: "button", title: t("more"), "aria-label": t("more"), "aria-haspopup": "menu", onclick: (event) => chatMenu(pane, event) }, icon("more", 22)),
    ]);
  }

  drawPin() {
    const { pane } = this;
    const pinned = (pane.chat?.pinned || []).map((id) => pane.chat.messages.find((message) => message.message_id === id)).filter(Boolean);
    this.pin.hidden = !pinned.length;
    if (!pinned.length) return;
    const shown = pinned.at(-1);
    const title = pinned.length > 1 ? t("pinnedOf", { n: pinned.length }) : t("pinned");
    refresh(this.pin, [shown, title], () => [
      el("button.pinned-text", { type: "button", onclick: () => pane.reader.jump(shown.message_id) }, el("span.reply-name", {}, title), el("span.reply-text", {}, summary(shown))),
      el("button.round", { type: "button", title: t("unpin"), "aria-label": t("unpin"), onclick: () => pane.guard(api.pin(pane.personId, pane.chatId, shown.message_id, false)) }, icon("close", 18)),
    ]);
  }
}

function groupWords(group) {
  const present = ["member", "administrator"].includes(group.bot_status);
  const channel = group.type === "channel";
  return [t(channel ? "subscribers" : "members", { n: number(group.members) }), t(present ? (group.bot_status === "administrator" ? "botAdmin" : "botIn") : channel ? "botOutChannel" : "botOut")].join(", ");
}
