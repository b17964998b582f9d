// The left column: the persons one can speak as (and groups), each with the last message and the unread count.
import { avatar } from "./avatar.js";
import { el, refresh } from "./dom.js";
import { summary } from "./entities.js";
import { icon } from "./icons.js";
import { makeGroup } from "./menus.js";
import { toast } from "./overlays.js";
import { roving } from "./roving.js";
import { bySide, fullName, now, personById, prefer, showPerson, store, unread } from "./store.js";
import { side, sideLabel, tagLabel } from "./tags.js";
import { dayKey, number, reason, shortWhen, t } from "./words.js";

export class People {
  constructor() {
    this.root = roving(el("nav.people"), ".person");
  }

  update() {
    const groups = [...store.chats.values()].filter((chat) => !personById(chat.id));
    const rows = bySide().map((person) => ({ person, chat: store.chats.get(person.id), key: person.id }));
    this.root.setAttribute("aria-label", t("people"));
    const signature = [store.crowd, store.preferences.drafts, store.preferences.panes, store.preferences.active, t("people"), dayKey(now()), store.preferences.read, groups.map((chat) => [chat.title, chat.messages.at(-1)]),
      rows.map(({ person, chat }) => [person, chat?.messages.length, chat?.messages.at(-1), this.typing(person.id)])];
    refresh(this.root, signature, () => [
      this.sections(rows), store.crowd > 0 && this.crowd(), el("h3.section", {}, t("groups"), el("button.round.new-group", { type: "button", title: t("newGroup"), "aria-label": t("newGroup"), onclick: () => this.newGroup() }, icon("plus", 18))), groups.map((chat) => this.group(chat)),
    ]);
  }

  typing(id) {
    const typing = store.typing.get(id);
    return Boolean(typing && typing.until > performance.now());
  }

  sections(rows) {
    const sides = [...new Set(rows.map(({ person }) => side(person)))];
    return sides.map((name) => [el("h3.section", {}, sideLabel(name)), rows.filter(({ person }) => side(person) === name).map((one) => this.row(one))]);
  }

  /** The simulated subscribers: only numbers, in the tally and in what staff read. */
  crowd() {
    return el("div.crowd", { title: t("crowdHint") }, el("span.avatar.crowd-face", { "aria-hidden": "true", style: { "--size": "50px" } }, icon("people", 26)),
      el("span.person-text", {}, el("span.person-name", {}, t("crowd", { n: number(store.crowd) })), el("span.preview", {}, t("crowdHint"))));
  }

  row({ person, chat }) {
    const last = chat?.messages.at(-1);
    const shown = store.preferences.panes.findIndex((pane) => pane.person === person.id && pane.chat === person.id);
    return this.button({
      face: avatar(person, 50), name: fullName(person), last, chatId: person.id, personId: person.id, note: tagLabel(person.tag),
      state: shown < 0 ? "" : shown === store.preferences.active ? ".chosen" : ".shown", run: () => showPerson(person.id),
    });
  }

  group(chat) {
    const pane = store.preferences.panes[store.preferences.active];
    const chosen = pane?.chat === chat.id;
    return this.button({
      face: avatar({ id: chat.id, first_name: chat.title }, 50), name: chat.title, note: chat.type === "channel" ? t("channel") : null, last: chat.messages.at(-1), chatId: chat.id, personId: pane?.person,
      state: chosen ? ".chosen" : "", run: () => this.openGroup(chat),
    });
  }

  async newGroup() {
    try {
      const id = await makeGroup(document.body, store.preferences.panes[store.preferences.active].person);
      if (id) this.openGroup({ id });
    } catch (error) {
      toast(document.body, reason(error.message));
    }
  }

  openGroup(chat) {
    const panes = store.preferences.panes.map((pane, i) => (i === store.preferences.active ? { ...pane, chat: chat.id } : pane));
    prefer({ panes, screen: "chat" });
  }

  button({ face, name, last, chatId, personId, note, state, run }) {
    const count = unread(personId, chatId);
    const draft = !state && store.preferences.drafts[`${personId}:${chatId}`];
    const own = !draft && last && last.from?.id === personId;
    return el(`button.person${state}`, { type: "button", dataset: { person: chatId }, "aria-current": state === ".chosen" ? "true" : null, onclick: run, title: count ? t("newFor", { n: number(count) }) : null },
      face,
      el("span.person-text", {},
        el("span.person-line", {}, el("span.person-name", {}, name), note && el("span.code", {}, note), el("span.grow"), last && el("span.when", {}, shortWhen(last.date, now()))),
        el("span.person-line", {},
          this.typing(chatId) ? el("span.preview.typing", {}, `${t("typing")}…`)
            : draft ? el("span.preview", {}, el("span.draft", {}, `${t("draft")}: `), draft.replace(/\s+/g, " "))
            : el("span.preview", {}, own && el("span.own", {}, `${t("you")}: `), last ? summary(last) : t("empty")),
          count > 0 && el("span.badge", {}, number(count)))));
  }
}
