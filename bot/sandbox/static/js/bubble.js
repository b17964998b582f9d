// One message -> its row: bubble with quote, text, file, time and marks, and the inline keyboard under it.
import * as api from "./api.js";
import { el } from "./dom.js";
import { nodes, summary } from "./entities.js";
import { icon, tail } from "./icons.js";
import { fullName, personById, store } from "./store.js";
import { clockTime, fileSize, t } from "./words.js";

/** context: {personId, group, first, last, actions}; actions as in entities.js plus tap, menu, jump. */
export function row(message, context) {
  if (message.new_chat_members || message.left_chat_member) return serviceRow(message);
  const mine = message.from?.id === context.personId;
  const body = el("div.bubble", { oncontextmenu: (event) => context.actions.menu(event, message) },
    context.group && !mine && context.first && el("div.sender", {}, senderName(message)),
    message.forward_origin && el("div.forwarded", {}, t("forwardedFrom", { name: originName(message.forward_origin) })),
    message.reply_to_message && replyQuote(message.reply_to_message, context),
    content(message, context),
    reactions(message, context),
    meta(message, mine),
    context.last && tail());
  const keyboard = message.reply_markup?.inline_keyboard;
  return el(`div.row${mine ? ".mine" : ".theirs"}${context.last ? ".last" : ""}${context.first ? ".first" : ""}`,
    { dataset: { message: message.message_id } },
    el(`div.stack${keyboard ? ".with-keyboard" : ""}`, {}, body, keyboard && inlineKeyboard(message, keyboard, context)));
}

function serviceRow(message) {
  return el("div.row.service", { dataset: { message: message.message_id } }, el("span.service-words", {}, summary(message)));
}

/** The reactions under a text: each emoji with how many gave it. */
function reactions(message, context) {
  const given = Object.entries(message._reactions || {});
  if (!given.length) return null;
  const kinds = [...new Set(given.map(([, emoji]) => emoji))];
  return el("div.reactions", {}, kinds.map((emoji) => {
    const who = given.filter(([, one]) => one === emoji).map(([id]) => Number(id));
    return el(`span.reaction${who.includes(context.personId) ? ".own" : ""}`, {}, emoji, who.length > 1 && el("b", {}, who.length));
  }));
}

function senderName(message) {
  return fullName(personById(message.from?.id) || message.from || {}) || store.bot.first_name;
}

function originName(origin) {
  return origin.sender_user ? fullName(origin.sender_user) : origin.sender_user_name || origin.chat?.title || "";
}

function replyQuote(replied, context) {
  return el("button.reply-quote", { type: "button", onclick: () => context.actions.jump(replied.message_id) },
    el("span.reply-name", {}, senderName(replied)), el("span.reply-text", {}, summary(replied)));
}

function content(message, context) {
  if (message.text !== undefined) return el("div.text", {}, nodes(message.text, message.entities, context.actions), space(message));
  const parts = [];
  if (message.document) parts.push(documentCard(message.document, message.caption ? null : space(message)));
  else if (message.photo) parts.push(el("img.photo", { src: api.fileUrl(message.photo.at(-1).file_id), alt: t("photo"), loading: "lazy" }));
  else if (message.sticker) parts.push(el("div.sticker", {}, message.sticker.emoji || "🙂"));
  else if (!message.caption) parts.push(el("div.text.unsupported", {}, t("unsupported"), space(message)));
  if (message.caption)
    parts.push(el("div.text", {}, nodes(message.caption, message.caption_entities, context.actions), space(message)));
  return parts;
}

function documentCard(document, room) {
  const name = document.file_name || t("file");
  const extension = (name.match(/\.([a-z0-9]{1,4})$/i) || [])[1] || "";
  return el("a.document", { href: api.fileUrl(document.file_id, name), target: "_blank", rel: "noopener", title: `${t("download")}: ${name}` },
    el("span.file-icon", { dataset: { kind: extension.toLowerCase() } }, icon("file", 44), el("span.extension", {}, extension.toUpperCase()),
      el("span.file-down", {}, icon("download", 22))),
    el("span.file-text", {}, el("span.file-name", {}, name), el("span.file-size", {}, fileSize(document.file_size), room)));
}

/** Room for the time at the end of the last line, as Telegram leaves it. */
const space = (message) => el(`span.meta-space${message._silent ? ".wide" : ""}`, { "aria-hidden": "true" }, metaWords(message), message.from?.is_bot ? "" : "     ");

const metaWords = (message) => `${message.edit_date ? `${t("edited")} ` : ""}${clockTime(message.date)}`;

function meta(message, mine) {
  const mark = mine && icon(message.seen === false ? "tick" : "ticks", 17);
  return el("span.meta", {}, message._silent && icon("mute", 13), el("span", {}, metaWords(message)), mark);
}

function inlineKeyboard(message, keyboard, context) {
  return el("div.keyboard", {}, keyboard.map((line) => el("div.keyboard-row", {}, line.map((button) => keyButton(message, button, context)))));
}

function keyButton(message, button, context) {
  const waiting = [...store.taps.values()].some(
    (tap) => tap.chatId === context.chatId && tap.messageId === message.message_id && tap.data === button.callback_data && tap.personId === context.personId,
  );
  const style = ["primary", "success", "danger"].includes(button.style) ? `.${button.style}` : "";
  return el(`button.key${style}${waiting ? ".waiting" : ""}`, {
    type: "button", title: button.url || null, onclick: (event) => context.actions.tap(event, message, button),
  }, el("span.key-text", {}, button.text), button.url && icon("arrow", 15), button.copy_text && icon("copy", 14));
}
