"""Games: sending one, and the scores that persons reach in it."""

from __future__ import annotations

from bot.sandbox.api.addressing import chat_id_of
from bot.sandbox.api.editing import editable
from bot.sandbox.api.keyboards import reply_markup
from bot.sandbox.api.media import media
from bot.sandbox.api.sending import deliver
from bot.sandbox.problems import ApiError, bad_request
from bot.sandbox.records import Chat, Json, public
from bot.sandbox.requests import Parameters
from bot.sandbox.world import World

NEIGHBOURS = 1


async def send_game(world: World, p: Parameters) -> Json:
    name = p.text("game_short_name")
    if not name:
        raise bad_request("game short name must be non-empty")
    markup = reply_markup(p)
    chat_id = chat_id_of(world, p)
    if name not in world.games:
        raise bad_request("wrong game short name specified")
    if chat_id < 0 and world.chats[chat_id].type == "channel":
        raise bad_request("can't send games to channel chats")
    play = {"inline_keyboard": [[{"text": f"Play {world.games[name]['title']}", "callback_game": {}}]]}
    content = {"game": _shown(world, name, world.chats.get(chat_id)), "_game": name}
    return deliver(world, p, "sendGame", chat_id, content, markup or play, name)


async def set_game_score(world: World, p: Parameters) -> Json | bool:
    chat, message, name = _game(world, p)
    person, score = _person(world, p), p.number("score", -1)
    if score < 0:
        raise bad_request("wrong score specified")
    if score <= world.scores.get((name, person), -1) and not p.flag("force"):
        raise ApiError(400, "Bad Request: BOT_SCORE_NOT_MODIFIED")
    world.scores[name, person] = score
    if not p.flag("disable_edit_message"):
        message = {**message, "game": _shown(world, name, chat)}
        world.replace(chat, message)
    return True if p.text("inline_message_id") else public(message)


async def get_game_high_scores(world: World, p: Parameters) -> list[Json]:
    chat, _, name = _game(world, p)
    table, person = _table(world, name, chat), _person(world, p)
    place = next((n for n, row in enumerate(table) if row["user"]["id"] == person), None)
    if place is None:
        return table[:3]
    near = range(place - NEIGHBOURS, place + NEIGHBOURS + 1)
    return [row for n, row in enumerate(table) if n < 3 or n in near]


def _game(world: World, p: Parameters) -> tuple[Chat, Json, str]:
    chat, message = editable(world, p)
    if "game" not in message:
        raise bad_request("message must be a game")
    return chat, message, str(message["_game"])


def _person(world: World, p: Parameters) -> int:
    person = p.number("user_id")
    if person not in world.persons:
        raise bad_request("user not found" if person else "invalid user_id specified")
    return person


def _table(world: World, name: str, chat: Chat) -> list[Json]:
    """The members' scores, the best first."""
    found = [
        (score, person)
        for (game, person), score in world.scores.items()
        if game == name and (person in chat.members or person == chat.id)
    ]
    best = sorted(found, key=lambda row: -row[0])
    return [
        {"position": n, "user": world.persons[person].user(), "score": score}
        for n, (score, person) in enumerate(best, start=1)
    ]


def _shown(world: World, name: str, chat: Chat | None = None) -> Json:
    """The Bot API's Game; with ``chat`` its text is the table of scores there."""
    known = world.games[name]
    game: Json = {"title": known["title"], "description": known["description"]}
    game["photo"] = media(world, "photo", known["photo"])
    if known.get("animation"):
        game["animation"] = media(world, "animation", known["animation"])
    rows = _table(world, name, chat) if chat else []
    if rows:
        game["text"] = "\n".join(
            f"{row['position']}. {row['user']['first_name']} – {row['score']}" for row in rows
        )
    return game
