// A text and its entities -> nodes. Offsets count UTF-16 units, which are JavaScript's own string positions.
import { el } from "./dom.js";
import { store } from "./store.js";
import { t } from "./words.js";

const SAFE_LINK = /^(https?:|mailto:|tel:)/i;

/** nodes(text, entities, actions): actions = {command(text), link(url, shown), copy(text)}. */
export function nodes(text, entities, actions) {
  const known = [...(entities || [])].filter((entity) => entity.length > 0);
  known.sort((a, b) => a.offset - b.offset || b.length - a.length || rank(a) - rank(b));
  return build(text, 0, text.length, known, actions);
}

const rank = (entity) => (entity.type.includes("blockquote") ? 0 : entity.type === "pre" ? 1 : 2);

function build(text, from, to, entities, actions) {
  const result = [];
  let position = from;
  for (let i = 0; i < entities.length; ) {
    const entity = entities[i];
    const start = Math.max(entity.offset, position);
    const end = Math.min(entity.offset + entity.length, to);
    i += 1;
    if (end <= start) continue;
    const inner = [];
    const later = [];
    for (; i < entities.length && entities[i].offset < end; i += 1) {
      inner.push(entities[i]);
      // An entity that overlaps the end is shown in two pieces.
      if (entities[i].offset + entities[i].length > end)
        later.push({ ...entities[i], offset: end, length: entities[i].offset + entities[i].length - end });
    }
    entities = [...entities.slice(0, i), ...later, ...entities.slice(i)];
    result.push(text.slice(position, start));
    result.push(element(entity, text.slice(start, end), build(text, start, end, inner, actions), actions));
    position = end;
    if (/blockquote|^pre$/.test(entity.type) && text[position] === "\n") position += 1; // a quote ends its own line
  }
  result.push(text.slice(position, to));
  return result.filter((part) => part !== "");
}

const commandLink = (command, actions) =>
  el("a.command", { role: "button", tabindex: 0, onclick: () => actions.command(command), onkeydown: onEnter(() => actions.command(command)) }, command);

const onEnter = (run) => (event) => {
  if (event.key === "Enter") run();
};

function link(url, children, shown, actions) {
  const target = /^[a-z][a-z0-9+.-]*:/i.test(url) ? url : `http://${url}`;
  if (!SAFE_LINK.test(target)) return el("span.dead-link", { title: url }, children);
  return el("a", {
    href: target, target: "_blank", rel: "noopener noreferrer", title: shown === url ? null : target,
    onclick: (event) => (startOf(target) ? (event.preventDefault(), actions.start(startOf(target))) : actions.link(event, target, shown)),
  }, children);
}

/** What a link to this bot carries along: {payload, group}, or null for any other link. */
export function startOf(url) {
  const found = /^https?:\/\/(?:t|telegram)\.me\/(\w+)\/?(?:\?(start|startgroup)(?:=([\w-]*))?)?$/i.exec(url);
  return found && found[1].toLowerCase() === store.bot.username?.toLowerCase() ? { payload: found[3] || "", group: found[2] === "startgroup" } : null;
}

function element(entity, text, children, actions) {
  switch (entity.type) {
    case "bold": return el("strong", {}, children);
    case "italic": return el("em", {}, children);
    case "underline": return el("u", {}, children);
    case "strikethrough": return el("s", {}, children);
    case "spoiler": return spoiler(children);
    case "code": return el("code", { onclick: () => actions.copy(text), title: t("copyText") }, children);
    case "pre": return pre(entity, text, children, actions);
    case "blockquote": return el("blockquote", {}, children);
    case "expandable_blockquote": return expandable(children);
    case "text_link": return link(entity.url, children, text, actions);
    case "url": return link(text, children, text, actions);
    case "email": return link(`mailto:${text}`, children, text, actions);
    case "phone_number": return link(`tel:${text.replace(/[^\d+]/g, "")}`, children, text, actions);
    case "bot_command": return commandLink(text, actions);
    case "text_mention":
    case "mention":
    case "hashtag":
    case "cashtag": return el("span.mention", {}, children);
    default: return el("span", {}, children);
  }
}

function spoiler(children) {
  const node = el("span.spoiler", { role: "button", tabindex: 0, title: t("reveal") }, el("span", {}, children));
  const reveal = (event) => {
    if (node.classList.contains("shown")) return;
    event.preventDefault();
    event.stopPropagation();
    node.classList.add("shown");
    node.removeAttribute("title");
  };
  node.addEventListener("click", reveal, true);
  node.addEventListener("keydown", onEnter(reveal));
  return node;
}

function pre(entity, text, children, actions) {
  const head = el("button.pre-head", { type: "button", onclick: () => actions.copy(text) }, entity.language || t("copyText"));
  return el("pre", {}, head, el("code", {}, children));
}

function expandable(children) {
  const chevron = el("button.chevron", { type: "button", "aria-expanded": "false", "aria-label": t("expand") });
  const quote = el("blockquote.expandable.collapsed", {}, el("span.quoted", {}, children), chevron);
  const toggle = (event) => {
    if (event.target.closest("a, .spoiler:not(.shown)") || getSelection()?.toString()) return;
    event.stopPropagation();
    const collapsed = quote.classList.toggle("collapsed");
    chevron.setAttribute("aria-expanded", String(!collapsed));
    chevron.setAttribute("aria-label", t(collapsed ? "expand" : "collapse"));
  };
  quote.addEventListener("click", toggle);
  return quote;
}

/** Expandable quotes of at most three lines need no toggle: called once the nodes are laid out. */
export function settleQuotes(root) {
  for (const quote of root.querySelectorAll("blockquote.expandable:not(.settled)")) {
    const text = quote.querySelector(".quoted");
    if (!text.clientHeight) continue;
    quote.classList.add("settled");
    if (text.scrollHeight <= text.clientHeight + 2) quote.classList.add("short");
  }
}

const SERVICE = ["new_chat_members", "left_chat_member", "pinned_message", "new_chat_title", "new_chat_photo", "delete_chat_photo", "forum_topic_created", "forum_topic_edited", "forum_topic_closed", "forum_topic_reopened", "migrate_to_chat_id", "migrate_from_chat_id"];

/** Whether a message tells what happened to the chat instead of what somebody said. */
export const isService = (message) => SERVICE.some((key) => message[key] !== undefined);

const MEDIA = { photo: "🖼", video: "🎬", animation: "🎞", video_note: "📹", live_photo: "🖼", voice: "🎤", audio: "🎵", location: "📍", venue: "📍", contact: "👤" };

/** The first line of a message, for previews. */
export function summary(message) {
  if (!message) return "";
  const caption = message.caption?.replace(/\s+/g, " ");
  if (message.text) return message.text.replace(/\s+/g, " ");
  if (message.sticker) return `${message.sticker.emoji || ""} ${t("stickerWord")}`;
  if (message.poll) return `📊 ${message.poll.question}`;
  if (message.dice) return message.dice.emoji;
  const kind = Object.keys(MEDIA).find((key) => message[key]);
  if (kind) return `${MEDIA[kind]} ${caption || message[kind].title || message[kind].first_name || t(kind)}`;
  if (message.document) return `📄 ${caption || message.document.file_name || t("file")}`;
  const who = (users) => users.map((user) => [user.first_name, user.last_name].filter(Boolean).join(" ")).join(", ");
  if (message.new_chat_members) return t("joined", { who: who([message.from]), whom: who(message.new_chat_members) });
  if (message.left_chat_member) return t(message.from?.id === message.left_chat_member.id ? "leftGroup" : "removed", { who: who([message.from]), whom: who([message.left_chat_member]) });
  const by = message.chat?.type === "channel" ? message.chat.title : who([message.from]);
  if (message.pinned_message) return t("pinnedIt", { who: by, what: cut(summary(message.pinned_message)) });
  if (message.new_chat_title) return t("renamed", { who: by, title: message.new_chat_title });
  if (message.new_chat_photo || message.delete_chat_photo) return t("newPicture", { who: by });
  if (message.forum_topic_created) return t("topicMade", { who: by, title: message.forum_topic_created.name });
  if (message.forum_topic_edited) return t("topicChanged", { who: by });
  if (message.forum_topic_closed || message.forum_topic_reopened) return t(message.forum_topic_closed ? "topicClosed" : "topicOpened", { who: by });
  if (message.migrate_to_chat_id || message.migrate_from_chat_id) return t("migrated");
  return t("unsupported");
}

const cut = (text) => ([...text].length > 48 ? `${[...text].slice(0, 47).join("")}…` : text);
