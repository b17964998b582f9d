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
  const text = message.text ?? message.caption;
  const own = message.from?.id === pane.personId;
  const at = [pane.personId, pane.chatId, message.message_id];
  const mayWrite = !pane.blocked;
  contextMenu(event.clientX, event.clientY, [
    mayWrite && { icon: "reply", label: t("reply"), run: () => pane.setReply(message) },
    own && mayWrite && text !== undefined && !message.forward_origin && { icon: "pencil", label: t("edit"), run: () => pane.setEdited(message) },
    text && { icon: "copy", label: t("copyText"), run: () => copy(pane.root, text) },
    { icon: "forward", label: t("forward"), run: () => forward(pane, message) },
    (own || !pane.inGroup) && { icon: "bin", label: t("remove"), run: () => pane.guard(api.removeMessage(...at)) },
  ], mayWrite && reactionRow(pane, message, at));
}

function reactionRow(pane, message, at) {
  const mine = message._reactions?.[pane.personId];
  return el("div.reaction-row", {}, QUICK.map((emoji) => el(`button.reaction-choice${emoji === mine ? ".on" : ""}`, {
    type: "button", "aria-label": emoji, onclick: () => pane.guard(api.react(...at, emoji === mine ? "" : emoji)),
  }, emoji)));
}

async function forward(pane, message) {
  const people = store.persons.map((one) => ({ label: fullName(one), value: [one.id, one.id], before: avatar(one, 36) }));
  const groups = [...store.chats.values()].filter((chat) => chat.title).map((chat) =>
    ({ label: chat.title, value: [pane.personId, chat.id], before: avatar({ id: chat.id, first_name: chat.title }, 36) }));
  const to = await choose(pane.root, t("forwardAs"), [...people, ...groups]);
  if (to) await pane.guard(api.forward(...to, pane.chatId, message.message_id));
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
  if (status === "left" || status === "kicked") return [item("plus", "addBot", "member")];
  return [status === "member" ? item("star", "promoteBot", "administrator") : item("star", "demoteBot", "member"), item("block", "removeBot", "kicked")];
}

/** Ask for a title and make a group with the bot in it; resolves to its chat id or null. */
export async function makeGroup(host, personId) {
  const field = el("input.field", { placeholder: t("groupTitle"), "aria-label": t("groupTitle"), maxLength: 128 });
  const sure = await dialog(host, { title: t("newGroup"), body: field, buttons: [{ label: t("cancel"), value: false }, { label: t("create"), value: true }] });
  return sure && field.value.trim() ? (await api.newGroup(personId, field.value.trim())).chat_id : null;
}
