// Server-Sent Events: the stream is the truth after the snapshot; after any gap the whole state is fetched again.
import * as api from "./api.js";
import { apply, changed, load, store } from "./store.js";

let source;
let handlers = {};

/** onEvent(event): each event after the page knows it; onReady(): the whole state has come (again). */
export async function connect(onEvent, onReady) {
  handlers = { onEvent, onReady };
  await open();
}

async function open() {
  source?.close();
  // The stream is opened first and the state fetched after its first event: nothing can fall between the two.
  source = new EventSource("/sandbox/events");
  source.onmessage = (frame) => take(JSON.parse(frame.data));
  source.onerror = () => {
    store.online = false;
    changed();
    if (source.readyState === EventSource.CLOSED) setTimeout(open, 1500);
  };
}

async function take(events) {
  for (const event of events) {
    if (event.type === "hello") {
      await resync();
      continue;
    }
    if (!store.ready) continue;
    if (!apply(event)) await resync();
    handlers.onEvent(event);
  }
}

export async function resync() {
  try {
    load(await api.state());
    store.online = true;
    handlers.onReady();
  } catch {
    store.online = false;
    setTimeout(resync, 1500);
  }
  changed();
}
