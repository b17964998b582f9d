// Round avatars with initials in Telegram's seven colours, chosen by id as Telegram does.
import { el } from "./dom.js";
import { icon } from "./icons.js";

export function avatar(person, size) {
  const letters = [person?.first_name, person?.last_name].filter(Boolean).map((name) => [...name][0]).join("");
  const style = { "--size": `${size}px` };
  const dataset = { colour: Math.abs(person?.id || 0) % 7 };
  return el(`span.avatar${person?.is_bot ? ".bot-avatar" : ""}`, { style, dataset, "aria-hidden": "true" },
    person?.is_bot ? icon("megaphone", Math.round(size * 0.56)) : letters.toLocaleUpperCase("tr"));
}
