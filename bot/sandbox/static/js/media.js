// What a message carries beside text: pictures, films, sound, files, places, people and dice.
import * as api from "./api.js";
import { el } from "./dom.js";
import { icon } from "./icons.js";
import { viewPicture } from "./overlays.js";
import { fileSize, t } from "./words.js";

/** The part of a bubble for the media of a message; null for a message without. ``room`` keeps space for the time. */
export function mediaOf(message, room) {
  if (message.animation) return film(message.animation, { loop: true, autoplay: true, muted: true });
  if (message.document) return documentCard(message.document, room);
  if (message.photo) return photo(message);
  if (message.live_photo || message.video) return film(message.video || message.live_photo, { controls: true });
  if (message.video_note) return film(message.video_note, { controls: true, className: "round-film" });
  if (message.voice || message.audio) return sound(message.voice || message.audio);
  if (message.sticker) return sticker(message.sticker);
  if (message.venue || message.location) return place(message.venue, message.venue?.location || message.location, room);
  if (message.contact) return card("people", [message.contact.first_name, message.contact.last_name].filter(Boolean).join(" "), message.contact.phone_number, room);
  if (message.dice) return el("div.sticker", { role: "img", "aria-label": `${message.dice.emoji} ${message.dice.value}` }, message.dice.emoji, el("span.dice", {}, message.dice.value));
  return null;
}

function photo(message) {
  const size = message.photo.at(-1);
  const url = api.fileUrl(size.file_id);
  const covered = message.has_media_spoiler ? ".covered" : "";
  return el(`button.photo-button${covered}`, { type: "button", "aria-label": t("photo"), onclick: (event) => {
    const button = event.currentTarget;
    if (button.classList.contains("covered")) return void button.classList.remove("covered");
    viewPicture(document.body, url, message.caption || t("photo"));
  } }, el("img.photo", { src: url, alt: message.caption || t("photo"), width: size.width, height: size.height }));
}

/** Photos and films of one album side by side, as a grid. */
export const album = (messages) => el(`div.album.of-${Math.min(messages.length, 4)}`, {}, messages.map((message) => mediaOf(message)));

function film(video, { className, ...how }) {
  const node = el(`video.photo${className ? `.${className}` : ""}`, { src: api.fileUrl(video.file_id), preload: "metadata", playsinline: true, ...how });
  node.muted = Boolean(how.muted);
  return node;
}

const sound = (audio) => el("div.sound", {}, audio.title && el("strong", {}, [audio.performer, audio.title].filter(Boolean).join(" – ")), el("audio", { src: api.fileUrl(audio.file_id), controls: true, preload: "metadata" }));

function sticker(one) {
  const picture = one.file_size > 0 && !one.is_animated && !one.is_video;
  return picture ? el("img.sticker-picture", { src: api.fileUrl(one.file_id), alt: one.emoji || t("stickerWord") }) : el("div.sticker", {}, one.emoji || "🙂");
}

function place(venue, { latitude, longitude }, room) {
  const where = `${latitude.toFixed(4)}, ${longitude.toFixed(4)}`;
  return card("pin", venue?.title || t("location"), venue ? `${venue.address}\n${where}` : where, room);
}

const card = (image, name, detail, room) => el("div.document", {}, el("span.file-icon.round-icon", {}, icon(image, 24)), el("span.file-text", {}, el("span.file-name", {}, name), el("span.file-size", {}, detail, room)));

function documentCard(document, room) {
  const name = document.file_name || t("file");
  const extension = (name.match(/\.([a-z0-9]{1,4})$/i) || [])[1] || "";
  return el("a.document", { href: api.fileUrl(document.file_id, name), target: "_blank", rel: "noopener", title: `${t("download")}: ${name}` },
    el("span.file-icon", { dataset: { kind: extension.toLowerCase() } }, icon("file", 44), el("span.extension", {}, extension.toUpperCase()),
      el("span.file-down", {}, icon("download", 22))),
    el("span.file-text", {}, el("span.file-name", {}, name), el("span.file-size", {}, fileSize(document.file_size), room)));
}
