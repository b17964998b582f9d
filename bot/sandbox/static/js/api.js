// The page's own HTTP calls. Each resolves to the JSON answer or throws an Error with the server's sentence.

async function call(method, path, body) {
  const options = { method, credentials: "same-origin" };
  if (body instanceof FormData) options.body = body;
  else if (body !== undefined) {
    options.body = JSON.stringify(body);
    options.headers = { "Content-Type": "application/json" };
  }
  const response = await fetch(path, options);
  const text = await response.text();
  let answer = {};
  try {
    answer = text ? JSON.parse(text) : {};
  } catch {
    answer = { error: text.slice(0, 200) };
  }
  if (!response.ok) throw new Error(answer.error || answer.description || `HTTP ${response.status}`);
  return answer;
}

export const get = (path) => call("GET", path);
export const post = (path, body = {}) => call("POST", path, body);
export const put = (path, body) => call("PUT", path, body);
export const remove = (path) => call("DELETE", path);

export const state = () => get("/sandbox/state");
export const send = (person_id, chat_id, text, reply_to) => post("/sandbox/send", { person_id, chat_id, text, reply_to });
export const sticker = (person_id, chat_id, emoji) => post("/sandbox/sticker", { person_id, chat_id, emoji });
export const tap = (person_id, chat_id, message_id, data) => post("/sandbox/tap", { person_id, chat_id, message_id, data });
export const forward = (person_id, chat_id, from_chat_id, message_id) =>
  post("/sandbox/forward", { person_id, chat_id, from_chat_id, message_id });
export const edit = (person_id, chat_id, message_id, text) => post("/sandbox/edit", { person_id, chat_id, message_id, text });
export const removeMessage = (person_id, chat_id, message_id) => post("/sandbox/delete", { person_id, chat_id, message_id });
export const react = (person_id, chat_id, message_id, emoji) => post("/sandbox/react", { person_id, chat_id, message_id, emoji });
export const newGroup = (person_id, title, kind) => post("/sandbox/group", { person_id, title, kind });
export const pin = (person_id, chat_id, message_id, pinned) => post("/sandbox/pin", { person_id, chat_id, message_id, pinned });
export const vote = (person_id, chat_id, message_id, options) => post("/sandbox/vote", { person_id, chat_id, message_id, options });
export const ask = (person_id, chat_id, query, offset = "") => post("/sandbox/ask", { person_id, chat_id, query, offset });
export const chooseResult = (inline_query_id, result_id) => post("/sandbox/choose", { inline_query_id, result_id });
export const share = (person_id, chat_id, what) => post("/sandbox/share", { person_id, chat_id, what });
export const chooseLanguage = (language) => post("/sandbox/language", { language });
export const ledger = (since) => get(`/sandbox/ledger?since=${since}`);
export const membership = (person_id, chat_id, status) => post("/sandbox/membership", { person_id, chat_id, status });
export const block = (person_id, blocked) => post("/sandbox/block", { person_id, blocked });
export const moveClock = (seconds) => post("/sandbox/clock", { seconds });
export const nextMorning = (time_zone) => post("/sandbox/clock", { to: "next_working_morning", time_zone });
export const runControl = (id) => post(`/sandbox/control/${encodeURIComponent(id)}`);
export const fileUrl = (file_id, name) => `/sandbox/file/${encodeURIComponent(file_id)}${name ? `?name=${encodeURIComponent(name)}` : ""}`;

/** Send files: two or more as an album, pictures as photos unless asFiles. */
export function upload(person_id, chat_id, files, caption = "", asFiles = false) {
  const form = new FormData();
  form.append("person_id", person_id);
  form.append("chat_id", chat_id);
  form.append("caption", caption);
  if (asFiles) form.append("as_files", "1");
  for (const file of files) form.append("file", file, file.name || "image.png");
  return call("POST", "/sandbox/upload", form);
}
