// Inline SVG icons: path data on a 24 x 24 grid, drawn with strokes in the current colour unless marked as filled.
const NS = "http://www.w3.org/2000/svg";

const PATHS = {
  send: { fill: "M3.2 20.4 21.6 12.5a.6.6 0 0 0 0-1.1L3.2 3.6a.5.5 0 0 0-.7.6l2.2 6.6 9.1 1.2-9.1 1.2-2.2 6.6a.5.5 0 0 0 .7.6z" },
  clip: "M20 11.4 11.9 19.500a5.200 5.200 0 0 1-7.400-7.400l8.400-8.400a3.500 3.500 0 0 1 4.900 4.900l-8.300 8.300a1.700 1.700 0 0 1-2.400-2.400l7.400-7.400",
  smile: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM8.200 14.200c.9 1.400 2.200 2.100 3.800 2.100s2.900-.7 3.800-2.100M9 9.600v.1M15 9.600v.1",
  menu: "M4 7h16M4 12h16M4 17h16",
  back: "M15 5l-7 7 7 7",
  more: { fill: "M12 7.500a1.700 1.700 0 1 0 0-3.400 1.700 1.700 0 0 0 0 3.400zM12 13.700a1.700 1.700 0 1 0 0-3.400 1.700 1.700 0 0 0 0 3.400zM12 19.900a1.700 1.700 0 1 0 0-3.400 1.700 1.700 0 0 0 0 3.400z" },
  close: "M6 6l12 12M18 6 6 18",
  down: "M6 9.500l6 6 6-6",
  arrow: "M8 16 16.500 7.500M9.500 7.500h7v7",
  check: "M5 12.500l4.500 4.500L19 7.500",
  sun: "M12 16a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM12 3v1.800M12 19.200V21M3 12h1.800M19.200 12H21M5.600 5.600l1.300 1.300M17.100 17.100l1.300 1.300M18.400 5.600l-1.300 1.300M6.900 17.100l-1.300 1.300",
  moon: "M20 14.200A8.200 8.200 0 0 1 9.800 4 8.200 8.200 0 1 0 20 14.200z",
  code: "M8.500 7.500 4 12l4.500 4.500M15.500 7.500 20 12l-4.500 4.500",
  clock: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 7.200V12l3.200 2.100",
  file: { fill: "M6.500 2.500h7.200l5.300 5.300v12.200a1.500 1.500 0 0 1-1.500 1.500h-11A1.500 1.500 0 0 1 5 20V4a1.500 1.500 0 0 1 1.500-1.500z" },
  download: "M12 4v11M7 10.500l5 5 5-5M5 19.500h14",
  forward: "M13 6l6.500 6-6.500 6v-3.600c-4.500 0-7.200 1.200-9 4 .4-4.600 3-8.200 9-8.600z",
  reply: "M11 6l-6.500 6 6.500 6v-3.600c4.500 0 7.200 1.200 9 4-.4-4.600-3-8.200-9-8.600z",
  copy: "M9 9h10v11H9zM5 15V4h10",
  block: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM5.800 5.800l12.400 12.400",
  pencil: "M4.500 19.500l1-4L16 5l3 3L8.500 18.500zM14 7l3 3",
  bin: "M5 7h14M10 7V4.500h4V7M7 7l.8 12.500h8.400L17 7M10.500 10.500v6M13.500 10.500v6",
  star: "M12 4l2.400 5.200 5.600.6-4.200 3.800 1.200 5.600-5-2.900-5 2.900 1.200-5.600L4 9.800l5.600-.6z",
  plus: "M12 5v14M5 12h14",
  megaphone: "M4 10v4h3l9 4.500v-13L7 10zM18.500 9.500a3.500 3.500 0 0 1 0 5M8 14.500l1 5h2.500l-1-4",
  mute: "M5 17c2-2 1-5 1.800-8a6 6 0 0 1 10.400 0c.8 3-.2 6 1.800 8zM10 20a2.500 2.500 0 0 0 4 0M4 4l16 16",
  tick: "M3 12.500l4.200 4.200L16 8",
  ticks: "M1.500 12.500l4.200 4.200L14.500 8M10.300 15.200l1.500 1.500L20.600 8",
  split: "M4 5h16v14H4zM12 5v14",
  pin: "M12 21s6.500-6.200 6.500-11a6.500 6.500 0 0 0-13 0c0 4.800 6.500 11 6.500 11zM12 12.200a2.200 2.200 0 1 0 0-4.400 2.200 2.200 0 0 0 0 4.400z",
  keys: "M4 6.500h16v11H4zM8 10v.1M12 10v.1M16 10v.1M8.500 14h7",
  window: "M4 5.500h16v13H4zM4 9.500h16",
  people: "M9 11.500a3.200 3.200 0 1 0 0-6.400 3.200 3.200 0 0 0 0 6.400zM3 19c.4-3.200 2.700-5 6-5s5.600 1.800 6 5M15.500 5.400a3.200 3.200 0 0 1 0 5.900M17.300 14.300c2.100.6 3.400 2.200 3.700 4.700",
};

export function icon(name, size = 24) {
  const svg = document.createElementNS(NS, "svg");
  const path = document.createElementNS(NS, "path");
  const data = PATHS[name];
  for (const [key, value] of Object.entries({ viewBox: "0 0 24 24", width: size, height: size, "aria-hidden": "true", class: "icon" }))
    svg.setAttribute(key, value);
  path.setAttribute("d", data.fill || data);
  path.setAttribute("fill", data.fill ? "currentColor" : "none");
  if (!data.fill) {
    path.setAttribute("stroke", "currentColor");
    path.setAttribute("stroke-width", "1.9");
    path.setAttribute("stroke-linecap", "round");
    path.setAttribute("stroke-linejoin", "round");
  }
  svg.append(path);
  return svg;
}

/** The little curved corner of a bubble, bottom left; mirrored by CSS for one's own messages. */
export function tail() {
  const svg = document.createElementNS(NS, "svg");
  const path = document.createElementNS(NS, "path");
  for (const [key, value] of Object.entries({ viewBox: "0 0 9 18", width: 9, height: 18, class: "tail", "aria-hidden": "true" }))
    svg.setAttribute(key, value);
  path.setAttribute("d", "M9 0v18H.6c-.6 0-.8-.7-.3-1.100C3.800 14.400 6.900 10.800 9 0z");
  path.setAttribute("fill", "currentColor");
  svg.append(path);
  return svg;
}
