// A poll in a bubble: its options to tap, or its result as bars once one has voted or it is closed.
import { el } from "./dom.js";
import { icon } from "./icons.js";
import { number, t } from "./words.js";

/** context: {personId, actions: {vote(message, options)}}. */
export function pollCard(message, context, room) {
  const { poll } = message;
  const mine = message._votes?.[context.personId];
  const result = poll.is_closed || mine !== undefined;
  const kind = poll.is_closed ? t("pollClosed") : poll.type === "quiz" ? t(poll.is_anonymous ? "quizSecret" : "quiz") : t(poll.is_anonymous ? "pollSecret" : "poll");
  const several = poll.allows_multiple_answers && !result;
  const boxes = [];
  const options = poll.options.map((option, index) => (result ? bar(poll, option, index, mine) : several ? box(option, index, boxes) : choice(option, () => context.actions.vote(message, [index]))));
  const send = several && el("button.poll-send", { type: "button", onclick: () => {
    const chosen = boxes.flatMap((one, index) => (one.checked ? [index] : []));
    if (chosen.length) context.actions.vote(message, chosen);
  } }, t("voteNow"));
  const back = result && mine && !poll.is_closed && poll.type !== "quiz" && el("button.poll-send", { type: "button", onclick: () => context.actions.vote(message, []) }, t("takeBack"));
  return el("div.poll", { role: "group", "aria-label": poll.question }, el("strong.poll-question", {}, poll.question), el("div.poll-kind", {}, kind), options,
    result && poll.type === "quiz" && poll.explanation && el("p.poll-why", {}, poll.explanation), send, back,
    el("div.poll-foot", {}, poll.total_voter_count ? t("votes", { n: number(poll.total_voter_count) }) : t("noVotes"), room));
}

const choice = (option, run) => el("button.poll-option", { type: "button", onclick: run }, el("span.poll-mark"), el("span.poll-text", {}, option.text));

function box(option, index, boxes) {
  boxes[index] = el("input", { type: "checkbox" });
  return el("label.poll-option", {}, boxes[index], el("span.poll-text", {}, option.text));
}

function bar(poll, option, index, mine) {
  const share = poll.total_voter_count ? Math.round((100 * option.voter_count) / poll.total_voter_count) : 0;
  const right = poll.type === "quiz" ? poll.correct_option_ids?.includes(index) : null;
  const chosen = mine?.includes(index);
  const mark = right || (chosen && right === null) ? icon("check", 13) : chosen ? icon("close", 13) : null;
  return el(`div.poll-option.result${right === false && chosen ? ".wrong" : ""}`, {},
    el("span.poll-share", {}, t("percent", { n: share })), el("span.poll-text", {}, option.text, mark && el("span.poll-own", {}, mark)), el("span.poll-bar", { style: { "--share": `${share}%` } }));
}
