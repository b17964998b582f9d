// The menus of a chat: what one can do with a message, and with the bot in this chat.
import * as api from "./api.js";
import { avatar } from "./avatar.js";
import { el } from "./dom.js";
import { choose, contextMenu, copy, dialog } from "./overlays.js";
import { fullName, store } from "./store.js";
import { t } from "./words.js";

const QUICK = ["👍", "❤", "🔥", "🎉", "🤔", "👎"];

/** The menu of a message at the pointer. */
export function messageMenu(pane, event, message) {
  if (getSelection()?.toString()) return;
  event.preventDefault();
  const box = event.target.closest?.(".bubble")?.getBoundingClientRect();
  const [x, y] = event.clientX || event.clientY ? [event.clientX, event.clientY] : [box.left + 24, box.top + 24];
  const text = message.text ?? message.caption;
  const pinned = pane.chat?.pinned?.includes(message.message_id);
  const own = message.from?.id === pane.personId;
  const at = [pane.personId, pane.chatId, message.message_id];
  const { mayWrite } = pane;
  contextMenu(x, y, [
    mayWrite && { icon: "reply", label: t("reply"), run: () => pane.setReply(message) },
    own && mayWrite && text !== undefined && !message.forward_origin && { icon: "pencil", label: t("edit"), run: () => pane.setEdited(message) },
    text && { icon: "copy", label: t("copyText"), run: () => copy(pane.root, text) },
    { icon: "forward", label: t("forward"), run: () => forwardTo(pane, t("forwardAs"), (to) => pane.guard(api.forward(...to, pane.chatId, message.message_id))) },
    mayWrite && { icon: "pin", label: t(pinned ? "unpin" : "pinIt"), run: () => pane.guard(api.pin(...at, !pinned)) },
    (own || !pane.inGroup) && { icon: "bin", label: t("remove"), run: () => pane.guard(api.removeMessage(...at)) },
  ], mayWrite && reactionRow(pane, message, at));
}

function reactionRow(pane, message, at) {
  const mine = message._reactions?.[pane.personId];
  return el("div.reaction-row", {}, QUICK.map((emoji) => el(`button.reaction-choice${emoji === mine ? ".on" : ""}`, {
    type: "button", "aria-label": emoji, onclick: () => pane.guard(api.react(...at, emoji === mine ? "" : emoji)),
  }, emoji)));
}

/** Ask for a person's chat with the bot, or a group, and call ``run`` with [person id, chat id]. */
export async function forwardTo(pane, title, run) {
  const people = store.persons.map((one) => ({ label: fullName(one), value: [one.id, one.id], before: avatar(one, 36) }));
  const groups = [...store.chats.values()].filter((chat) => chat.title && (!chat.writers || chat.writers.includes(pane.personId))).map((chat) =>
    ({ label: chat.title, value: [pane.personId, chat.id], before: avatar({ id: chat.id, first_name: chat.title }, 36) }));
  const to = await choose(pane.root, title, [...people, ...groups]);
  if (to) await run(to);
}

/** On a phone: whose phone it is to be. */
export function personMenu(pane, event) {
  const box = event.currentTarget.getBoundingClientRect();
  contextMenu(box.right - 220, box.bottom + 4, store.persons.map((one) => ({ face: avatar(one, 26), label: fullName(one), run: () => pane.show(one.id) })));
}

/** The menu at the top of a chat, under the button that was pressed. */
export function chatMenu(pane, event) {
  const box = event.currentTarget.getBoundingClientRect();
  contextMenu(box.right - 220, box.bottom + 4, pane.inGroup ? groupItems(pane) : [
    { icon: "block", label: t(pane.blocked ? "unblock" : "block"), run: () => pane.block(!pane.blocked) },
  ]);
}

function groupItems(pane) {
  const status = pane.chat.bot_status;
  const item = (icon, key, wanted) => ({ icon, label: t(key), run: () => pane.guard(api.membership(pane.personId, pane.chatId, wanted)) });
  if (pane.chat.type === "channel") return [["left", "kicked"].includes(status) ? item("plus", "addBot", "administrator") : item("block", "removeBot", "kicked")];
  if (status === "left" || status === "kicked") return [item("plus", "addBot", "member")];
  return [status === "member" ? item("star", "promoteBot", "administrator") : item("star", "demoteBot", "member"), item("block", "removeBot", "kicked")];
}

/** Ask for a title and a kind, make a group or channel with the bot in it; resolves to its chat id or null. */
export async function makeGroup(host, personId) {
  const field = el("input.field", { placeholder: t("groupTitle"), "aria-label": t("groupTitle"), maxLength: 128 });
  const kinds = ["supergroup", "channel"].map((kind, i) => el("input", { type: "radio", name: "kind", value: kind, checked: i === 0 }));
  const body = el("div.group-form", {}, field, el("div.kinds", { role: "radiogroup" }, kinds.map((kind) => el("label.offer-choice", {}, kind, t(kind.value)))), el("p.hint", {}, t("groupHint")));
  const sure = await dialog(host, { title: t("newGroup"), body, buttons: [{ label: t("cancel"), value: false }, { label: t("create"), value: true }] });
  const kind = kinds.find((one) => one.checked).value;
  return sure && field.value.trim() ? (await api.newGroup(personId, field.value.trim(), kind)).chat_id : null;
}
