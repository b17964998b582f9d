"""Words that name goods or money and only sound like a country: "Mısır unu", "Brazil nuts". Pure."""

from __future__ import annotations

import re

# On folded text.
NAMESAKES = re.compile(
    r"\bmisir (?:nisasta|unu|yagi|gluten|irmi[kg]|silaj|surub|kepe[kg]|kocan|ozu|rusey?m|tane|"
    r"gevre[kg]|cips|"
    r"kuspe|protein|bitkisi|ekim|hasad|tohum|fiyat)\w*|"
    r"\bmisir(?=(?:, | ve | veya | ile | ya da )(?:bugday|arpa|yulaf|soya|sorgum|cavdar|pirinc|celtik)\b)|"
    r"(?<=\bbugday, )misir|(?<=\bbugday ve )misir|(?<=\barpa, )misir|(?<=\barpa ve )misir|"
    r"(?<=\bsoya, )misir|"
    r"(?<=\bsoya ve )misir|(?<=\bpirinc, )misir|(?<=\btatli )misir|(?<=\bkonserve )misir|"
    r"\bmisir(?= \((?:10|11|07|0710|1005)\d)|"
    r"\bhindistan cevi[zs]\w*|\bhint (?:yag[iu]|fistig|kenevir|hurma|cevi[zs]|kumas|keten)\w*|"
    r"\bbrezilya (?:cevi[zs]|fistig)\w*|\bbrazil(?:ian)? nuts?\b|\bbrazilian? rosewood|"
    r"\bjapon (?:balig|yapistirici|gulu|sarmasig)\w*|\bcin (?:lahana|tuzu|anasonu|tarcini|mantari)\w*|"
    r"\bamerikan (?:bezi|bademi|servis|bar\b)\w*|\bfransiz balkon\w*|\bchina (?:clay|grass|wood oil)|"
    r"\bindian ink|\bdanish past\w+|\bfrench (?:fries|windows?|doors?)|\bjordan almonds?|"
    r"\bguinea (?:fowls?|pigs?|pepper)|"
    r"\bgreek[ -](?:style )?yog\w+|\bswiss (?:cheese|chard)|\bspanish moss|\bturkish delight|"
    r"\b(?:single )?jersey (?:kumas|fabric|knit|orme)\w*|\bpanama (?:sapka|hat|canal|kanal)\w*|"
    # cheques, pullovers, tiles
    r"\bcek(?= (?:karsilig|senet|ve senet|veya senet|defter|kanun|yapra|hesab|ile odeme|ile yap|tutar|"
    r"bedel|verilmesi))|"
    r"(?<=\bsenet ve )cek|(?<=\bsenet veya )cek|(?<=\bnakit, )cek|(?<=\bnakit veya )cek|"
    r"\bkazak(?=(?:, | ve | / ?| veya )(?:hirka|gomlek|pantolon|suveter|yelek|tisort|corap|elbise|"
    r"ceket)\w*)|"
    r"\bcini(?:ler\w*|li|ci\w*)?\b(?!')"
)
