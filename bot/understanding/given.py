"""What others give the readers by a day: news, papers, money."""

from __future__ import annotations

import re

# "program 30 Nisan’a kadar firmalara bildirilecektir"
_TOLD_TO_THEM = re.compile(
    r"[^.;]{0,60}\b(?P<noun>firmalar|uyeler|katilimcilar|ilgililer|basvuru sahipleri|taraflar|adaylar|"
    r"kazananlar|basvuranlar|katilanlar)(?:imiz)?(?:[ae]|in (?:hesap|adres)lar(?:in)?a) (?:\w+ ){0,3}?"
    r"(?:\w{2,}(?:[iu]l|n)|bildir|duyur|ilet|gonder|yolla|acikla|teslim ed|dagit|tahsis|"
    r"ulastir)\w{0,6}[ae]c"
)
# "Bağlantı … kayıtlı adreslere gönderilecektir", "… adreslerinize iletilecektir"
_TO_ADDRESSES = re.compile(
    r"[^.;]{0,50}\b(?:e-?postalar|adresler|(?:e-?posta|adres)(?:leri)?n[iu]z|e-?postalarin)[ae] "
    r"(?:gonderil|iletil|yollan|ulastiril)[ae]c"
)

# "… geçirmeden ödeyen üyelerimize indirim uygulanacaktır": what those are given who act by then.
_IF_THEY_ACT = re.compile(r"\b\w{2,}(?<!il)(?<!ul)(?<!n)[ae]n (?:\w+ )?$")


def told_to_them(tail: str) -> bool:
    found = _TOLD_TO_THEM.match(tail)
    return found is not None and not _IF_THEY_ACT.search(tail[: found.start("noun")])


def given_to_them(tail: str) -> bool:
    """Whether the words behind a day say what others are given then ("katılımcılara gönderilecektir")."""
    return bool(told_to_them(tail) or _TO_ADDRESSES.match(tail))
