// What the page knows: the server's state, and this browser's own preferences (kept in localStorage).
import { side, SIDE_ORDER } from "./tags.js";

const PREFERENCES = "sandbox.page";

function readPreferences() {
  try {
    return JSON.parse(localStorage.getItem(PREFERENCES)) || {};
  } catch {
    return {};
  }
}

export const store = {
  ready: false, online: true, session: "", bot: {}, persons: [], chats: new Map(), commands: {}, controls: [], guide: [],
  canMoveClock: false, clock: { at: 0, seen: 0 }, ledger: 0, log: [], about: {}, trouble: { kinds: [], faults: [], limits: false },
  typing: new Map(), // chat id -> {action, until (performance.now ms)}
  taps: new Map(), // callback query id -> {chatId, messageId, data, personId, since}
  busy: new Set(), // ids of controls that are running
  unseen: {}, // chat id -> messages the bot has not taken yet
  crowd: 0,
  chosenAt: -Infinity, // when a phone was last chosen (performance.now ms)
  preferences: { language: null, theme: null, panes: [], active: 0, split: true, read: {}, screen: "list", drawer: false, drafts: {}, places: {}, ...readPreferences() },
};

const listeners = new Set();
let scheduled = false;

export const onChange = (listener) => listeners.add(listener);

/** Redraw soon; many changes within one frame cost one redraw. */
export function changed() {
  if (scheduled) return;
  scheduled = true;
  setTimeout(() => {
    scheduled = false;
    for (const listener of listeners) listener();
  }, 12);
}

export function prefer(values) {
  Object.assign(store.preferences, values);
  localStorage.setItem(PREFERENCES, JSON.stringify(store.preferences));
  changed();
}

/** Take over a whole state as GET /sandbox/state gives it. */
export function load(state) {
  const newWorld = store.session && store.session !== state.session;
  const kept = store.preferences;
  if (newWorld || (kept.session && kept.session !== state.session)) Object.assign(kept, { read: {}, drafts: {}, places: {} });
  kept.session = state.session;
  Object.assign(store, {
    ready: true, session: state.session, bot: state.bot, persons: state.persons, commands: state.commands,
    controls: state.controls, guide: state.guide, canMoveClock: state.can_move_clock, ledger: state.ledger, log: state.log, trouble: state.trouble,
    about: state.about || {}, zone: state.time_zone, unseen: state.unseen, crowd: state.crowd,
    chats: new Map(state.chats.map((chat) => [chat.id, chat])),
  });
  setClock(state.clock);
  settlePanes();
  prefer({});
}

function settlePanes() {
  const preferences = store.preferences;
  const known = new Set(store.persons.map((person) => person.id));
  const panes = preferences.panes.filter((pane) => known.has(pane.person) && store.chats.has(pane.chat));
  for (const person of bySide()) {
    if (panes.length < 2 && !panes.some((pane) => side(personById(pane.person)) === side(person))) panes.push({ person: person.id, chat: person.id });
  }
  for (const person of store.persons)
    if (panes.length < 2 && !panes.some((pane) => pane.person === person.id)) panes.push({ person: person.id, chat: person.id });
  preferences.panes = panes.slice(0, 2);
  if (preferences.active >= preferences.panes.length) preferences.active = 0;
}

export const personById = (id) => store.persons.find((person) => person.id === id);
/** The persons, staff first: the left phone is the one that sends. */
export const bySide = () => [...store.persons].sort((a, b) => SIDE_ORDER.indexOf(side(a)) - SIDE_ORDER.indexOf(side(b)));
export const fullName = (person) => [person?.first_name, person?.last_name].filter(Boolean).join(" ");

export function setClock(seconds) {
  store.clock = { at: seconds, seen: performance.now() };
}
export const now = () => store.clock.at + (performance.now() - store.clock.seen) / 1000;

/** Apply one event of /sandbox/events. Returns false where the page must fetch the whole state again. */
export function apply(event) {
  const chat = store.chats.get(event.chat_id);
  switch (event.type) {
    case "message":
    case "edit": {
      if (!chat) return event.chat_id === undefined;
      const index = chat.messages.findIndex((message) => message.message_id === event.message.message_id);
      if (index >= 0) chat.messages[index] = event.message;
      else chat.messages.push(event.message);
      if (event.type === "message" && event.message.from?.id === store.bot.id) store.typing.delete(event.chat_id);
      break;
    }
    case "delete":
      if (chat) chat.messages = chat.messages.filter((message) => !event.message_ids.includes(message.message_id));
      break;
    case "chat_action":
      store.typing.set(event.chat_id, { action: event.action, until: performance.now() + 5000 });
      setTimeout(changed, 5050);
      break;
    case "tally": store.ledger = event.count; break;
    case "guide": store.guide = event.guide; break;
    case "controls": store.controls = event.controls; break;
    case "commands": store.commands = event.commands; break;
    case "unseen": store.unseen = event.unseen; break;
    case "pins":
      for (const one of store.chats.values()) one.pinned = event.pins[one.id] || [];
      break;
    case "trouble": store.trouble = event.trouble; break;
    case "persons": store.persons = event.persons; break;
    case "clock": setClock(event.now); break;
    case "log": store.log = [...store.log, ...event.entries].slice(-300); break;
    case "resync": return false;
  }
  changed();
  return true;
}

/** Unread messages of the bot (and of others in a group) for a person in a chat. */
export function unread(personId, chatId) {
  const seen = store.preferences.read[`${personId}:${chatId}`] || 0;
  const messages = store.chats.get(chatId)?.messages || [];
  return messages.filter((message) => message.message_id > seen && message.from?.id !== personId).length;
}

/** The number of the first unread message; 0 when all are read. */
export function firstUnread(personId, chatId) {
  const seen = store.preferences.read[`${personId}:${chatId}`] || 0;
  const messages = store.chats.get(chatId)?.messages || [];
  return messages.find((message) => message.message_id > seen && message.from?.id !== personId)?.message_id || 0;
}

/** Whether the bot has taken a message: two ticks instead of one. */
export const seenByBot = (message) => !store.unseen[message.chat?.id]?.includes(message.message_id);

/** Everything up to the message ``last`` is read; what one wrote oneself counts as read anyway. */
export function markRead(personId, chatId, last) {
  const key = `${personId}:${chatId}`;
  if (last > (store.preferences.read[key] || 0)) {
    store.preferences.read[key] = last;
    prefer({});
  }
}

/** Show a person: in the pane that already shows someone with the same role, else in the active one. */
export function showPerson(personId, chatId = personId) {
  store.chosenAt = performance.now();
  const preferences = store.preferences;
  let index = preferences.panes.findIndex((pane) => pane.person === personId);
  if (index < 0) index = preferences.panes.findIndex((pane) => side(personById(pane.person)) === side(personById(personId)));
  if (index < 0) index = preferences.active;
  const panes = preferences.panes.map((pane, i) => (i === index ? { person: personId, chat: chatId } : pane));
  prefer({ panes, active: index, screen: "chat" });
}
