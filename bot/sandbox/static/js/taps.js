// Taps on buttons under a message: the waiting, its end, and what the bot answers.
import * as api from "./api.js";
import { startOf } from "./entities.js";
import { forwardTo } from "./menus.js";
import { alertBox, confirmLink, copy, toast } from "./overlays.js";
import { changed, store } from "./store.js";
import { t } from "./words.js";

const TAP_TIMEOUT = 15000;
const settled = new Set(); // answers that came before the tap's own HTTP answer

/** A button was tapped in ``pane``. */
export async function tap(pane, message, button) {
  if (button.url) return openButton(pane, button.url);
  if (button.copy_text) return void copy(pane.root, button.copy_text.text);
  if (button.switch_inline_query_current_chat !== undefined) return pane.composer.fill(`@${store.bot.username} ${button.switch_inline_query_current_chat}`);
  const elsewhere = button.switch_inline_query ?? button.switch_inline_query_chosen_chat?.query;
  if (elsewhere !== undefined) return forwardTo(pane, t("chooseChat"), (place) => pane.fillThere(place, `@${store.bot.username} ${elsewhere}`));
  if (button.callback_data === undefined) return void toast(pane.root, t("notHere"));
  const entry = { chatId: pane.chatId, messageId: message.message_id, data: button.callback_data, personId: pane.personId, pane };
  if ([...store.taps.values()].some((one) => ["chatId", "messageId", "data", "personId"].every((key) => one[key] === entry[key]))) return;
  const temporary = Symbol("tap");
  store.taps.set(temporary, entry);
  pane.reader.divider = 0;
  changed();
  const answer = await pane.guard(api.tap(pane.personId, pane.chatId, message.message_id, button.callback_data));
  store.taps.delete(temporary);
  if (answer && !settled.delete(answer.callback_query_id)) {
    store.taps.set(answer.callback_query_id, entry);
    setTimeout(() => store.taps.delete(answer.callback_query_id) && (toast(pane.root, t("noReply")), changed()), TAP_TIMEOUT);
  }
  changed();
}

/** A callback answer from the stream: ends the waiting and shows its text. */
export function callbackAnswered(event) {
  const entry = store.taps.get(event.callback_query_id);
  store.taps.delete(event.callback_query_id);
  const waiting = entry || [...store.taps.values()].find((one) => one.personId === event.person_id);
  if (!entry) settled.add(event.callback_query_id);
  const pane = waiting?.pane;
  if (pane && pane.personId === waiting.personId) {
    if (event.text) void (event.show_alert ? alertBox(pane.root, event.text) : toast(pane.root, event.text));
    else if (event.url) openButton(pane, event.url);
  }
  changed();
}

async function openButton(pane, url) {
  const start = startOf(url);
  if (start) return pane.startWith(start);
  if (/^(https?|mailto|tel):/i.test(url) && (await confirmLink(pane.root, url))) window.open(url, "_blank", "noopener");
}
