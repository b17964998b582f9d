// Building elements. Text only ever enters the page through text nodes and attributes: nothing here parses HTML.

/** el("div.row", {onclick, title, dataset}, child | string | [..]) -> Element. Null and false children are left out. */
export function el(spec, attributes = {}, ...children) {
  const [tag, ...classes] = spec.split(".");
  const node = document.createElement(tag || "div");
  if (classes.length) node.className = classes.join(" ");
  for (const [name, value] of Object.entries(attributes)) setAttribute(node, name, value);
  append(node, children);
  return node;
}

function setAttribute(node, name, value) {
  if (value === null || value === undefined || value === false) return;
  if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
  else if (name === "dataset") Object.assign(node.dataset, value);
  else if (name === "style") for (const [key, v] of Object.entries(value)) node.style.setProperty(key, v);
  else if (name === "value" || name === "disabled" || name === "checked") node[name] = value;
  else node.setAttribute(name, value === true ? "" : String(value));
}

export function append(node, children) {
  for (const child of children.flat(Infinity)) {
    if (child === null || child === undefined || child === false) continue;
    node.append(child instanceof Node ? child : document.createTextNode(String(child)));
  }
  return node;
}

export function replace(node, ...children) {
  node.replaceChildren();
  return append(node, children);
}

/** Fill the element only if the signature differs from the last one: keeps focus, selection and animations. */
export function refresh(node, signature, build) {
  const key = typeof signature === "string" ? signature : JSON.stringify(signature);
  if (node.signature === key) return false;
  node.signature = key;
  replace(node, build());
  return true;
}
