// The usual bot on grammY.
const { Bot, InlineKeyboard, InputFile } = require("grammy");

const [url, token] = process.argv.slice(2);
const bot = new Bot(token, { client: { apiRoot: url } });

bot.command("start", (ctx) =>
  ctx.reply(`<b>start</b> ${ctx.match}`, { parse_mode: "HTML", reply_markup: new InlineKeyboard().text("Tap", "tap") }));
bot.on("callback_query:data", async (ctx) => {
  await ctx.answerCallbackQuery("toast");
  await ctx.editMessageText("edited");
});
bot.command("poll", (ctx) => ctx.replyWithPoll("Question?", ["a", "b"]));
bot.command("leave", async (ctx) => {
  const sent = await ctx.reply("gone");
  await ctx.api.deleteMessage(ctx.chat.id, sent.message_id);
});
bot.on(":document", async (ctx) => {
  const file = await ctx.getFile();
  const content = Buffer.from(await (await fetch(`${url}/file/bot${token}/${file.file_path}`)).arrayBuffer());
  const sent = await ctx.replyWithDocument(new InputFile(content, "back.txt"), { caption: "*back*", parse_mode: "MarkdownV2" });
  await ctx.replyWithMediaGroup([
    { type: "document", media: new InputFile(content, "one.txt") },
    { type: "document", media: sent.document.file_id },
  ]);
});
bot.start();
