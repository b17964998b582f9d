// Where one reads a chat: at the bottom or elsewhere, what is read, the line above what is new, the place after a reload.
import { el } from "./dom.js";
import { icon } from "./icons.js";
import { firstUnread, markRead, prefer, store, unread } from "./store.js";
import { number, t } from "./words.js";

const NEAR = 60; // pixels from the end that still count as the end
const SAVE_AFTER = 250; // milliseconds without scrolling

export class Reader {
  /** pane: {personId, chatId, visible()}; list: the rows, each with data-message. */
  constructor(pane, list) {
    this.pane = pane;
    this.list = list;
    this.stuck = true;
    this.divider = 0; // the first message that was unread when the chat was opened
    this.wanted = null; // the place to go to once the rows stand
    this.count = el("span.badge", { hidden: true });
    this.toBottom = el("button.to-bottom", { type: "button", hidden: true, onclick: () => this.down(true) }, this.count, icon("down", 24));
    this.scroller = el("div.scroller", { onscroll: () => this.scrolled() }, list);
    new ResizeObserver(() => this.resized()).observe(this.scroller);
  }

  get key() {
    return `${this.pane.personId}:${this.pane.chatId}`;
  }

  /** The chat comes into view: at the first unread message, at the place where one was, or at the end. */
  open() {
    clearTimeout(this.timer);
    this.divider = firstUnread(this.pane.personId, this.pane.chatId);
    this.wanted = this.divider ? { id: this.divider, top: 64 } : store.preferences.places[this.key] || null;
    this.stuck = !this.wanted;
  }

  /** The rows have been drawn anew. */
  settle() {
    if (this.wanted && this.pane.visible()) {
      const { id, top } = this.wanted;
      this.wanted = null;
      const row = this.row(id);
      if (row) this.scroller.scrollTop = row.offsetTop - top;
      this.stuck = !row || this.atEnd();
    }
    if (this.stuck) this.down(false);
    this.look();
  }

  resized() {
    const size = [this.scroller.clientWidth, this.scroller.clientHeight].join();
    if (this.size === size) return;
    this.size = size;
    this.onresize?.();
    if (this.stuck) this.down(false);
    this.look();
  }

  /** Only a scroll within an unchanged frame is the reader's own; any other comes from a new layout. */
  scrolled() {
    if (this.size !== [this.scroller.clientWidth, this.scroller.clientHeight].join()) return;
    this.stuck = this.atEnd();
    if (this.stuck && store.preferences.places[this.key]) this.keepPlace();
    this.look();
    this.scroller.classList.add("moving");
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.rest(), SAVE_AFTER);
  }

  rest() {
    setTimeout(() => this.scroller.classList.remove("moving"), 500);
    this.keepPlace();
  }

  /** The place outlasts a reload, unless it is the end. */
  keepPlace() {
    if (!this.pane.visible()) return;
    const places = { ...store.preferences.places };
    const row = !this.stuck && [...this.list.querySelectorAll("[data-message]")].find((one) => one.offsetTop + one.offsetHeight > this.scroller.scrollTop);
    if (row) places[this.key] = { id: Number(row.dataset.message), top: row.offsetTop - this.scroller.scrollTop };
    else delete places[this.key];
    prefer({ places });
  }

  atEnd() {
    const { scrollTop, scrollHeight, clientHeight } = this.scroller;
    return scrollHeight - scrollTop - clientHeight < NEAR;
  }

  row(id) {
    return this.list.querySelector(`[data-message="${Number(id)}"]`) || this.list.querySelector(`[data-album~="${Number(id)}"]`);
  }

  /** Mark what stands in view as read; show the way down and how much is below. */
  look() {
    if (this.pane.visible()) this.read();
    this.toBottom.hidden = this.stuck;
    const below = this.stuck ? 0 : unread(this.pane.personId, this.pane.chatId);
    this.count.hidden = !below;
    this.count.textContent = number(below);
    this.toBottom.title = t("toBottom");
    this.toBottom.setAttribute("aria-label", below ? `${t("toBottom")} (${t("newFor", { n: number(below) })})` : t("toBottom"));
    this.oneDayLabel();
  }

  read() {
    const end = this.scroller.scrollTop + this.scroller.clientHeight;
    const rows = [...this.list.querySelectorAll("[data-message]")];
    const last = this.stuck ? rows.at(-1) : rows.findLast((row) => row.offsetTop + Math.min(row.offsetHeight, 48) <= end);
    if (last) markRead(this.pane.personId, this.pane.chatId, Number((last.dataset.album || last.dataset.message).split(" ").at(-1)));
  }

  /** Of the date labels that stick to the top only the latest is shown, and it rests while nobody scrolls. */
  oneDayLabel() {
    const labels = [...this.list.querySelectorAll(".day")];
    const stuckCount = labels.filter((label) => label.offsetTop <= this.scroller.scrollTop + 8).length;
    labels.forEach((label, i) => {
      label.style.visibility = i < stuckCount - 1 ? "hidden" : "";
      const next = label.nextElementSibling;
      label.classList.toggle("floating", Boolean(next) && next.offsetTop - label.offsetTop < label.offsetHeight);
    });
  }

  down(smooth) {
    this.scroller.scrollTo({ top: this.scroller.scrollHeight, behavior: smooth ? gliding() : "instant" });
  }

  /** Show a message in the middle and let it flash. */
  jump(id) {
    const row = this.row(id);
    row?.scrollIntoView({ behavior: gliding(), block: "center" });
    row?.classList.add("flash");
    setTimeout(() => row?.classList.remove("flash"), 1600);
  }
}

const gliding = () => (matchMedia("(prefers-reduced-motion: reduce)").matches ? "instant" : "smooth");
