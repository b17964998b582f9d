// The usual bot on node-telegram-bot-api.
const { Bot, InputFile } = require("node-telegram-bot-api");

const [url, token] = process.argv.slice(2);
const bot = new Bot(token, { apiRoot: url });

bot.hears(/^\/start ?(.*)/, (ctx) =>
  ctx.reply(`<b>start</b> ${ctx.match[1]}`, {
    parse_mode: "HTML",
    reply_markup: { inline_keyboard: [[{ text: "Tap", callback_data: "tap" }]] },
  }));
bot.on("callback_query", async (ctx) => {
  await ctx.answerCallbackQuery({ text: "toast" });
  const { chat, message_id } = ctx.callbackQuery.message;
  await bot.api.editMessageText({ chat_id: chat.id, message_id, text: "edited" });
});
bot.command("poll", (ctx) =>
  bot.api.sendPoll({ chat_id: ctx.message.chat.id, question: "Question?", options: [{ text: "a" }, { text: "b" }] }));
bot.command("leave", async (ctx) => {
  const sent = await ctx.reply("gone");
  await bot.api.deleteMessage({ chat_id: sent.chat.id, message_id: sent.message_id });
});
bot.on("message", async (ctx) => {
  const { document, chat } = ctx.message;
  if (!document) return;
  const file = await bot.api.getFile({ file_id: document.file_id });
  const answer = await fetch(`${url}/file/bot${token}/${file.file_path}`);
  const content = new Uint8Array(await answer.arrayBuffer());
  const back = new InputFile(content, { filename: "back.txt" });
  const sent = await bot.api.sendDocument({ chat_id: chat.id, document: back, caption: "*back*", parse_mode: "MarkdownV2" });
  await bot.api.sendMediaGroup({
    chat_id: chat.id,
    media: [
      { type: "document", media: new InputFile(content, { filename: "one.txt" }) },
      { type: "document", media: sent.document.file_id },
    ],
  });
});
bot.startPolling();
