// Files on their way into a chat: offered with a caption, as pictures or as files, several as an album.
import * as api from "./api.js";
import { el } from "./dom.js";
import { icon } from "./icons.js";
import { dialog, toast } from "./overlays.js";
import { fileSize, t } from "./words.js";

const MOST_IN_ALBUM = 10;
const LARGEST = 50 * 1024 * 1024;

/** Ask once for all files, then send them; resolves when they are sent or given up. */
export async function offer(pane, given) {
  const files = [...given];
  if (!files.length) return;
  if (files.length > MOST_IN_ALBUM) return void toast(pane.root, t("tooMany"));
  if (files.some((file) => file.size > LARGEST)) return void toast(pane.root, t("tooLarge"));
  const pictures = files.every((file) => /^image\/(png|jpeg|webp|gif)$/.test(file.type));
  const asFiles = el("input", { type: "checkbox" });
  const caption = el("input.field", { placeholder: t("caption"), "aria-label": t("caption"), maxLength: 1024 });
  const addresses = pictures ? files.map((file) => URL.createObjectURL(file)) : [];
  const body = el("div.file-offer", {},
    pictures ? el("div.offer-pictures", {}, addresses.map((url, i) => el("img", { src: url, alt: files[i].name }))) : files.map(line),
    pictures && el("label.offer-choice", {}, asFiles, t("asFiles")), caption);
  const title = files.length > 1 ? t("sendFiles", { n: files.length }) : t(pictures ? "sendPicture" : "sendFile");
  const sure = await dialog(pane.root, { title, body, buttons: [{ label: t("cancel"), value: false }, { label: t("send"), value: true }] });
  addresses.forEach((url) => URL.revokeObjectURL(url));
  if (!sure) return;
  pane.reader.stuck = true;
  await pane.guard(api.upload(pane.personId, pane.chatId, files, caption.value, asFiles.checked));
}

const line = (file) => el("div.offer-line", {}, icon("file", 40), el("div", {}, el("div.file-name", {}, file.name), el("div.file-size", {}, fileSize(file.size))));

/** Files dragged over ``pane`` may be dropped on it; ``zone`` says so. */
export function listenForDrops(pane, zone) {
  const carriesFiles = (event) => [...(event.dataTransfer?.types || [])].includes("Files");
  const over = (event, on) => {
    if (!carriesFiles(event)) return;
    event.preventDefault();
    pane.root.classList.toggle("dropping", on && pane.mayWrite);
    zone.replaceChildren(el("div", {}, icon("file", 56), el("strong", {}, t("drop")), el("span", {}, t("dropHint"))));
  };
  pane.root.addEventListener("dragover", (event) => over(event, true));
  pane.root.addEventListener("dragleave", (event) => !pane.root.contains(event.relatedTarget) && over(event, false));
  pane.root.addEventListener("drop", (event) => {
    over(event, false);
    if (event.dataTransfer?.files.length && pane.mayWrite) offer(pane, event.dataTransfer.files);
  });
}
