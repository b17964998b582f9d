// Every call of a list, made by the library that is named: grammy or node-telegram-bot-api.
const { readFileSync } = require("node:fs");
const [library, url, token, calls] = process.argv.slice(2);
const { Bot } = require(library);
const api = library === "grammy" ? new Bot(token, { client: { apiRoot: url } }).api.raw : new Bot(token, { apiRoot: url }).api;
const kept = {};

/** `given` with each "$name.field" as the field of a former answer. */
function filled(given) {
  if (Array.isArray(given)) return given.map(filled);
  if (given && typeof given === "object") return Object.fromEntries(Object.entries(given).map(([key, value]) => [key, filled(value)]));
  if (typeof given !== "string" || !given.startsWith("$")) return given;
  const [name, field] = given.slice(1).split(".");
  return kept[name][field];
}

(async () => {
  let made = 0;
  for (const [method, parameters, name] of JSON.parse(readFileSync(calls, "utf-8"))) {
    try {
      const wanted = filled(parameters); // a call without parameters takes none
      kept[name] = Object.keys(wanted).length ? await api[method](wanted) : await api[method]();
    } catch (error) {
      console.error(`${method}: ${error.message}`);
      process.exit(1);
    }
    made += 1;
  }
  console.log(made);
})();
