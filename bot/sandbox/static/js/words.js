// Every word of the page, in both languages, and its dates and numbers. `t(key, {name})` fills {name}.
const WORDS = {
  tr: {
    start: "BAŞLAT", bot: "bot", typing: "yazıyor", uploading: "dosya gönderiyor", choosing: "çıkartma seçiyor",
    message: "Mesaj yazın", menu: "Menü", send: "Gönder", attach: "Dosya ekle", sticker: "Çıkartma gönder",
    edited: "düzenlendi", today: "Bugün", yesterday: "Dün", you: "Siz", people: "Kişiler", groups: "Gruplar",
    drop: "Dosyayı buraya bırakın", dropHint: "Sohbete PDF veya Word dosyası olarak gönderilir",
    sendFile: "Dosya gönder", caption: "Açıklama ekleyin (isteğe bağlı)", cancel: "Vazgeç", ok: "Tamam", open: "Aç", close: "Kapat",
    openLink: "Bu bağlantı açılsın mı?", copied: "Panoya kopyalandı", copyText: "Metni kopyala", copyLink: "Bağlantıyı kopyala",
    reply: "Yanıtla", forward: "İlet…", forwardAs: "Kimin adına veya hangi gruba iletilsin?", forwardedFrom: "İletildi: {name}", deleted: "Silinmiş mesaj",
    block: "Botu engelle", unblock: "Engeli kaldır", unblockBig: "ENGELİ KALDIR", blocked: "Bu kişi botu engelledi",
    empty: "Henüz mesaj yok", emptyHint: "Sohbeti başlatmak için aşağıdaki düğmeye dokunun.", whatCan: "Bu bot ne yapar?",
    noReply: "Bot yanıt vermedi.", failed: "Gönderilemedi: {reason}", offline: "Bağlantı kesildi, yeniden bağlanılıyor…",
    delivered: "mesaj iletildi", deliveredHint: "Botun Telegram tarafından kabul edilen gönderimleri", clock: "Saat", hour: "+1 saat", day: "+1 gün", workday: "Ertesi iş günü 09.30",
    clockHint: "Saati ileri alın: zamanı gelen hatırlatmalar gönderilir", noClock: "Saat bu kurulumda ilerletilemez",
    developer: "Geliştirici", developerHint: "API kayıtları, teslim defteri, arızalar ve sınırlar", apiLog: "API", ledger: "Defter", faults: "Arızalar", limits: "Sınırlar",
    noLog: "Henüz API çağrısı yok", limitsOn: "Telegram sınırlarını uygula", limitsText: "Toplam saniyede 30, bir sohbete saniyede 1, bir gruba dakikada 20 mesaj. Aşıldığında 429 ve bekleme süresi döner.", noFaults: "Tanımlı arıza yok", clear: "Temizle", filter: "Süz: yöntem veya sohbet", accepted: "kabul edilen mesaj",
    faultMethod: "Yöntem", faultKind: "Arıza", faultProbability: "Olasılık", faultAdd: "Ekle", faultCount: "Kaç kez", apply: "Uygula",
    light: "Açık görünüm", dark: "Koyu görünüm", language: "Switch to English", back: "Geri", more: "Diğer", phoneOf: "telefon: {name}",
    newMessages: "Okunmamış mesajlar", toBottom: "En alta in", expand: "Devamını göster", collapse: "Daralt", reveal: "Gizli metni göster",
    file: "Dosya", photo: "Fotoğraf", stickerWord: "Çıkartma", unsupported: "Bu mesaj türü burada gösterilmiyor", command: "Komutlar", noCommands: "Komut listesi boş",
    split: "Yan yana iki telefon", single: "Tek telefon", guide: "Adımlar", done: "Tamamlandı", tryIt: "Deneyin", sandbox: "Deneme ortamı", download: "İndir", notSent: "Gönderilmedi", newFor: "{n} okunmamış",
    edit: "Düzenle", editing: "Mesaj düzenleniyor", remove: "Sil", members: "{n} üye", botIn: "bot üye", botAdmin: "bot yönetici", botOut: "bot grupta değil",
    addBot: "Botu gruba ekle", removeBot: "Botu gruptan çıkar", promoteBot: "Botu yönetici yap", demoteBot: "Bot yönetici olmasın", newGroup: "Yeni grup", groupTitle: "Grubun adı", create: "Oluştur",
    viaBot: "{name} aracılığıyla", pinIt: "Sabitle", unpin: "Sabitlemeyi kaldır", pinned: "Sabitlenen mesaj", pinnedOf: "Sabitlenen mesajlar ({n})", pinnedIt: "{who} sabitledi: “{what}”",
    renamed: "{who} grubun adını değiştirdi: {title}", newPicture: "{who} grubun resmini değiştirdi", topicMade: "{who} konu açtı: {title}", topicChanged: "{who} konuyu düzenledi", topicClosed: "{who} konuyu kapattı", topicOpened: "{who} konuyu yeniden açtı", migrated: "Grup, süper gruba dönüştü",
    poll: "Anket", pollSecret: "Anonim anket", quiz: "Test", quizSecret: "Anonim test", pollClosed: "Sonuçlar", votes: "{n} oy", noVotes: "Henüz oy yok", voteNow: "OY VER", takeBack: "Oyu geri al", percent: "%{n}",
    video: "Video", animation: "GIF", video_note: "Görüntülü mesaj", live_photo: "Canlı fotoğraf", voice: "Sesli mesaj", audio: "Müzik", location: "Konum", venue: "Mekân", contact: "Kişi",
    seen: "bota ulaştı", sent: "gönderildi", keyboard: "Botun klavyesi", asking: "Bota soruluyor…", noResults: "Sonuç yok", chooseChat: "Hangi sohbete yazılsın?", notHere: "Bu düğme deneme ortamında çalışmaz",
    sendPicture: "Fotoğraf gönder", sendFiles: "{n} dosya gönder", asFiles: "Sıkıştırmadan, dosya olarak gönder", tooMany: "Bir seferde en çok 10 dosya gönderilebilir", tooLarge: "Dosya 50 MB’tan büyük",
    supergroup: "Grup", channel: "Kanal", subscribers: "{n} abone", botOutChannel: "bot kanalda değil", groupHint: "Herkes ve bot eklenir; kanalda bot yönetici olur.", onlyAdmins: "Yalnızca yöneticiler yazabilir",
    draft: "Taslak", crowd: "{n} abone daha", crowdHint: "Benzetim: sayaçta görünür", switchPerson: "Telefonu değiştir", showPhone: "Telefonunu göster: {name}",
    everybody: "Herkes", faultPerson: "Kime", faultSeconds: "Saniye", everyMethod: "bütün yöntemler",
    fault_delay: "Gecikme", fault_hang: "Kabul edip susma", fault_reset_before: "Kabul etmeden kopma", fault_reset_after: "Kabul ettikten sonra kopma", fault_server_error: "502 sunucu arızası", fault_garbage: "Bozuk yanıt", fault_error: "403 engellenmiş", fault_flood: "429 çok hızlı",
    refused: "bu işlem burada yapılamaz",
    joined: "{who}, {whom} hesabını gruba ekledi", leftGroup: "{whom} gruptan ayrıldı", removed: "{who}, {whom} hesabını gruptan çıkardı",
  },
  en: {
    start: "START", bot: "bot", typing: "typing", uploading: "sending a file", choosing: "choosing a sticker",
    message: "Write a message", menu: "Menu", send: "Send", attach: "Attach a file", sticker: "Send a sticker",
    edited: "edited", today: "Today", yesterday: "Yesterday", you: "You", people: "People", groups: "Groups",
    drop: "Drop the file here", dropHint: "It is sent to the chat as a PDF or Word document",
    sendFile: "Send file", caption: "Add a caption (optional)", cancel: "Cancel", ok: "OK", open: "Open", close: "Close",
    openLink: "Open this link?", copied: "Copied to the clipboard", copyText: "Copy text", copyLink: "Copy link",
    reply: "Reply", forward: "Forward…", forwardAs: "Forward to the bot as, or to a group", forwardedFrom: "Forwarded from {name}", deleted: "Deleted message",
    block: "Block the bot", unblock: "Unblock", unblockBig: "UNBLOCK", blocked: "This person has blocked the bot",
    empty: "No messages yet", emptyHint: "Tap the button below to start the conversation.", whatCan: "What can this bot do?",
    noReply: "The bot did not answer.", failed: "Not sent: {reason}", offline: "Connection lost, reconnecting…",
    delivered: "messages delivered", deliveredHint: "Messages of the bot that Telegram accepted", clock: "Clock", hour: "+1 hour", day: "+1 day", workday: "Next working day 09:30",
    clockHint: "Move the clock forward: reminders that fall due are sent", noClock: "The clock cannot be moved in this setup",
    developer: "Developer", developerHint: "API log, ledger, faults and limits", apiLog: "API", ledger: "Ledger", faults: "Faults", limits: "Limits",
    noLog: "No API calls yet", limitsOn: "Apply Telegram's limits", limitsText: "30 messages a second overall, 1 a second to one chat, 20 a minute to a group. Beyond that: 429 with the time to wait.", noFaults: "No faults set", clear: "Clear", filter: "Filter: method or chat", accepted: "messages accepted",
    faultMethod: "Method", faultKind: "Fault", faultProbability: "Probability", faultAdd: "Add", faultCount: "How often", apply: "Apply",
    light: "Light", dark: "Dark", language: "Türkçeye geç", back: "Back", more: "More", phoneOf: "phone of {name}",
    newMessages: "Unread messages", toBottom: "Go to the newest", expand: "Show more", collapse: "Show less", reveal: "Show the hidden text",
    file: "File", photo: "Photo", stickerWord: "Sticker", unsupported: "This kind of message is not shown here", command: "Commands", noCommands: "The command list is empty",
    split: "Two phones side by side", single: "One phone", guide: "Steps", done: "Done", tryIt: "Try it", sandbox: "Sandbox", download: "Download", notSent: "Not sent", newFor: "{n} unread",
    edit: "Edit", editing: "Editing the message", remove: "Delete", members: "{n} members", botIn: "the bot is a member", botAdmin: "the bot is an administrator", botOut: "the bot is not in the group",
    addBot: "Add the bot to the group", removeBot: "Remove the bot from the group", promoteBot: "Make the bot an administrator", demoteBot: "Dismiss the bot as an administrator", newGroup: "New group", groupTitle: "The group's name", create: "Create",
    viaBot: "via {name}", pinIt: "Pin", unpin: "Unpin", pinned: "Pinned message", pinnedOf: "Pinned messages ({n})", pinnedIt: "{who} pinned “{what}”",
    renamed: "{who} renamed the group: {title}", newPicture: "{who} changed the group's picture", topicMade: "{who} opened the topic {title}", topicChanged: "{who} edited the topic", topicClosed: "{who} closed the topic", topicOpened: "{who} reopened the topic", migrated: "The group became a supergroup",
    poll: "Poll", pollSecret: "Anonymous poll", quiz: "Quiz", quizSecret: "Anonymous quiz", pollClosed: "Final results", votes: "{n} votes", noVotes: "No votes yet", voteNow: "VOTE", takeBack: "Retract vote", percent: "{n}%",
    video: "Video", animation: "GIF", video_note: "Video message", live_photo: "Live photo", voice: "Voice message", audio: "Music", location: "Location", venue: "Venue", contact: "Contact",
    seen: "received by the bot", sent: "sent", keyboard: "The bot's keyboard", asking: "Asking the bot…", noResults: "No results", chooseChat: "Write into which chat?", notHere: "This button does nothing in the sandbox",
    sendPicture: "Send photo", sendFiles: "Send {n} files", asFiles: "Send uncompressed, as a file", tooMany: "At most 10 files at a time", tooLarge: "The file is larger than 50 MB",
    supergroup: "Group", channel: "Channel", subscribers: "{n} subscribers", botOutChannel: "the bot is not in the channel", groupHint: "Everybody and the bot are added; in a channel the bot is an administrator.", onlyAdmins: "Only administrators can write",
    draft: "Draft", crowd: "{n} more subscribers", crowdHint: "Simulated: see the tally", switchPerson: "Another phone", showPhone: "Show the phone of {name}",
    everybody: "Everybody", faultPerson: "To whom", faultSeconds: "Seconds", everyMethod: "every method",
    fault_delay: "Delay", fault_hang: "Silence after accepting", fault_reset_before: "Cut off before accepting", fault_reset_after: "Cut off after accepting", fault_server_error: "502 server error", fault_garbage: "Garbled answer", fault_error: "403 blocked", fault_flood: "429 too fast",
    joined: "{who} added {whom}", leftGroup: "{whom} left the group", removed: "{who} removed {whom}",
  },
};

// The server's sentences in Turkish, for what people can meet on the page.
const REASONS = {
  "There is no such message.": "mesaj silinmiş",
  "There is no such file.": "dosya yok",
  "There is no such person in this sandbox.": "bu kişi burada yok",
  "There is no such query.": "soru eskimiş",
  "There is no such result.": "sonuç eskimiş",
  "Only one's own messages can be edited.": "yalnızca kendi mesajınız düzenlenebilir",
  "In a group only one's own messages can be deleted.": "grupta yalnızca kendi mesajınız silinebilir",
  "A group's title has 1 to 128 characters.": "grup adı 1 ile 128 karakter arasında olmalıdır",
  "An album holds at most 10 files.": "bir seferde en çok 10 dosya gönderilebilir",
  "The file is larger than 50 MB.": "dosya 50 MB’tan büyük",
  "The upload holds no file.": "dosya yok",
  "The poll is closed.": "anket kapanmış",
  "There are no such options.": "böyle bir seçenek yok",
  "A quiz is answered once.": "teste bir kez yanıt verilir",
  "The clock of this sandbox cannot be moved.": "saat bu kurulumda ilerletilemez",
  "There is no such control.": "bu düğme artık yok",
  "Failed to fetch": "deneme ortamına ulaşılamıyor",
};

let language = "en";
let zone;

export const LANGUAGES = Object.keys(WORDS);
export const lang = () => language;
export function setLanguage(value) {
  language = WORDS[value] ? value : "en";
  document.documentElement.lang = language;
}
export function setZone(value) {
  zone = value || undefined;
}
export const timeZone = () => zone || Intl.DateTimeFormat().resolvedOptions().timeZone;

export function t(key, values = {}) {
  return (WORDS[language][key] ?? key).replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}

/** Why something failed, in the reader's language: the server speaks English. */
export const reason = (sentence) => (language === "en" ? sentence : (REASONS[sentence] ?? t("refused")));

/** A text the server gave in several languages ({tr, en}), or a plain string. */
export function pick(text) {
  if (text === null || text === undefined) return "";
  return typeof text === "object" ? (text[language] ?? text.en ?? Object.values(text)[0] ?? "") : String(text);
}

const locale = () => (language === "tr" ? "tr-TR" : "en-GB");
const format = (options) => new Intl.DateTimeFormat(locale(), { timeZone: zone, ...options });

export const number = (n) => new Intl.NumberFormat(locale()).format(n);
export const clockTime = (seconds) => format({ hour: "2-digit", minute: "2-digit" }).format(seconds * 1000);
export const clockDate = (seconds) => format({ weekday: language === "tr" ? "long" : "short", day: "numeric", month: "long" }).format(seconds * 1000);
export const dayKey = (seconds) => new Intl.DateTimeFormat("en-CA", { timeZone: zone }).format(seconds * 1000);

export function dayLabel(seconds, now) {
  if (dayKey(seconds) === dayKey(now)) return t("today");
  if (dayKey(seconds) === dayKey(now - 86400)) return t("yesterday");
  const sameYear = dayKey(seconds).slice(0, 4) === dayKey(now).slice(0, 4);
  return format({ day: "numeric", month: "long", ...(sameYear ? {} : { year: "numeric" }) }).format(seconds * 1000);
}

/** As in the list of chats: the hour today, the weekday within the week, else the date. */
export function shortWhen(seconds, now) {
  if (dayKey(seconds) === dayKey(now)) return clockTime(seconds);
  if (now - seconds < 6 * 86400) return format({ weekday: "short" }).format(seconds * 1000);
  return format({ day: "2-digit", month: "2-digit", year: "2-digit" }).format(seconds * 1000);
}

export function fileSize(bytes) {
  if (!bytes) return "";
  const [unit, power] = bytes < 1024 ? ["B", 0] : bytes < 1024 ** 2 ? ["KB", 1] : ["MB", 2];
  return `${new Intl.NumberFormat(locale(), { maximumFractionDigits: 1 }).format(bytes / 1024 ** power)} ${unit}`;
}
