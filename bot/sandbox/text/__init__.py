"""Message texts as Telegram reads and keeps them."""
