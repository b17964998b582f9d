// One message -> its row: bubble with quote, text, file, time and marks, and the inline keyboard under it.
import { avatar } from "./avatar.js";
import { el } from "./dom.js";
import { isService, nodes, summary } from "./entities.js";
import { icon, tail } from "./icons.js";
import { album, mediaOf } from "./media.js";
import { pollCard } from "./poll.js";
import { menuHandlers } from "./roving.js";
import { fullName, personById, seenByBot, store } from "./store.js";
import { clockTime, t } from "./words.js";

/** context: {personId, group, channel, first, last, album, actions}; actions as in entities.js plus tap, menu, jump, vote. */
export function row(message, context) {
  if (isService(message)) return serviceRow(message, context);
  const mine = message.from?.id === context.personId && !context.channel;
  const faces = context.group && !context.channel && !mine;
  const body = el("div.bubble", { tabindex: -1, ...menuHandlers((event) => context.actions.menu(event, message)) },
    faces && context.first && el("div.sender", { dataset: { colour: Math.abs(message.from?.id || 0) % 7 } }, senderName(message)),
    message.via_bot && el("div.forwarded", {}, t("viaBot", { name: `@${message.via_bot.username}` })),
    message.forward_origin && el("div.forwarded", {}, t("forwardedFrom", { name: originName(message.forward_origin) })),
    message.reply_to_message && replyQuote(message.reply_to_message, context),
    content(message, context),
    reactions(message, context),
    meta(message, mine),
    context.last && tail());
  const keyboard = message.reply_markup?.inline_keyboard;
  return el(`div.row${mine ? ".mine" : ".theirs"}${context.last ? ".last" : ""}${context.first ? ".first" : ""}`,
    { dataset: { message: message.message_id, ...(context.album && { album: context.album.map((one) => one.message_id).join(" ") }) } },
    faces && el("span.face", {}, context.last && avatar(personById(message.from?.id) || message.from, 34)),
    el(`div.stack${keyboard ? ".with-keyboard" : ""}`, {}, body, keyboard && inlineKeyboard(message, keyboard, context)));
}

function serviceRow(message, context) {
  const pinned = message.pinned_message;
  const words = pinned ? el("button.service-words", { type: "button", onclick: () => context.actions.jump(pinned.message_id) }, summary(message)) : el("span.service-words", {}, summary(message));
  return el("div.row.service", { dataset: { message: message.message_id } }, words);
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
  if (message.sender_chat || message.chat?.type === "channel") return message.chat.title;
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
  if (message.poll) return pollCard(message, context, space(message));
  const { caption, caption_entities: entities } = context.album?.find((one) => one.caption) || message;
  const media = context.album ? album(context.album) : mediaOf(message, caption ? null : space(message));
  const below = caption && el("div.text", {}, nodes(caption, entities, context.actions), space(message));
  if (!media && !below) return el("div.text.unsupported", {}, t("unsupported"), space(message));
  return message.show_caption_above_media ? [below, media] : [media, below];
}

const BARE = ["sticker", "photo", "video", "animation", "video_note", "dice"];

/** Whether the time stands on the picture itself, for want of a text under it. */
export const isBare = (message) => BARE.some((kind) => message[kind]) && !message.caption && !Object.keys(message._reactions || {}).length;


/** Room for the time at the end of the last line, as Telegram leaves it. */
const space = (message) => el(`span.meta-space${message._silent ? ".wide" : ""}`, { "aria-hidden": "true" }, metaWords(message), message.from?.is_bot ? "" : "     ");

const metaWords = (message) => `${message.edit_date ? `${t("edited")} ` : ""}${clockTime(message.date)}`;

function meta(message, mine) {
  const seen = mine && seenByBot(message);
  const mark = mine && el("span.mark", { role: "img", "aria-label": t(seen ? "seen" : "sent") }, icon(seen ? "ticks" : "tick", 17));
  return el(`span.meta${isBare(message) ? ".on-picture" : ""}`, {}, message._silent && icon("mute", 13), el("span", {}, metaWords(message)), mark);
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
    type: "button", title: button.url || null, "aria-busy": waiting ? "true" : null, onclick: (event) => context.actions.tap(event, message, button),
  }, el("span.key-text", {}, button.text), button.url && icon("arrow", 15), button.copy_text && icon("copy", 14), button.web_app && icon("window", 14), hasQuery(button) && icon("forward", 14));
}

const hasQuery = (button) => ["switch_inline_query", "switch_inline_query_current_chat", "switch_inline_query_chosen_chat"].some((key) => button[key] !== undefined);
