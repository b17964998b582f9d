// Persons carry a tag saying what they are in the story. Usual tags have words here; any other is shown as it is.
import { lang } from "./words.js";

const TAGS = {
  member: { tr: "abone", en: "subscriber", side: "members" },
  subscriber: { tr: "abone", en: "subscriber", side: "members" },
  newcomer: { tr: "yeni gelen", en: "newcomer", side: "members" },
  viewer: { tr: "izleyici", en: "viewer", side: "staff" },
  editor: { tr: "hazırlayan", en: "editor", side: "staff" },
  approver: { tr: "onaylayan", en: "approver", side: "staff" },
  admin: { tr: "yönetici", en: "admin", side: "staff" },
  staff: { tr: "görevli", en: "staff", side: "staff" },
};
const SIDES = { staff: { tr: "Birlik görevlileri", en: "Association staff" }, members: { tr: "Aboneler", en: "Subscribers" }, other: { tr: "Kişiler", en: "People" } };

export function tagLabel(tag) {
  if (!tag) return "";
  if (typeof tag === "object") return tag[lang()] ?? tag.en ?? "";
  return TAGS[tag]?.[lang()] ?? tag;
}

/** Which side of the story a person stands on: persons of one side share a phone in the split view. */
export const side = (person) => TAGS[person?.tag]?.side ?? (typeof person?.tag === "object" ? person.tag?.side : person?.tag) ?? "other";
export const sideLabel = (name) => SIDES[name]?.[lang()] ?? name;
export const SIDE_ORDER = Object.keys(SIDES);
