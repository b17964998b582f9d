"""What is still held where the rest of a notice is called off: "programda kalmıştır", "goes ahead"."""

from __future__ import annotations

import re

from bot.understanding.fold import fold
from bot.understanding.sentences import sentences

_GOES_AHEAD = re.compile(
    r"\b(?:programda|takvimde|yerinde|gundemde) "
    r"(?:kal(?:mistir|iyor|acak|di|mis)|dur(?:uyor|maktadir))|"
    r"\bplanlandigi (?:gibi|sekilde)\b|\bongoruldugu (?:gibi|sekilde)\b|"
    r"\b(?:duyuruldugu|ilan edildigi) gibi yap\w*|"
    r"\b(?:aynen|yine de|belirtilen gunde) "
    r"(?:yapilacak|duzenlenecek|gerceklestirilecek|gerceklesecek|surecek)|"
    r"\b(?:bundan |iptalden |karardan )?etkilenme(?:mekte|yecek|mis|di|z)|"
    r"\b(?:still|nevertheless) (?:goes|go|going) ahead|\bgo(?:es)? ahead\b(?! only)|\bgoing ahead\b|"
    r"\b(?:will|does|do) (?:still )?(?:take place|be held|happen|run) as (?:planned|announced|scheduled)|"
    r"\b(?:is|are) (?:not affected|unaffected|still on)\b"
)
_ENGLISH = re.compile(r"\b(?:the|is|are|will|goes?)\b")
_DENIED = re.compile(r"\b(?:not|n.t|no longer|cannot)\b[^.;]{0,12}(?:go(?:es|ing)? ahead|take place)")


def goes_ahead(text: str) -> list[tuple[str, str]]:
    """The sentences of a text that tell what is still held, as they stand and in usual words."""
    found = []
    for start, end in sentences(text):
        one = text[start:end]
        folded = fold(one)
        told = _GOES_AHEAD.search(folded)
        if told and not _DENIED.search(folded):
            usual = " will take place " if _ENGLISH.search(folded) else " yapılacaktır "
            same = len(folded) == len(one)
            found.append((one, one[: told.start()] + usual + one[told.end() :] if same else one))
    return found
