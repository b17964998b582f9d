"""Words that tell a last day, a background date and an old value; shared by deadlines and meetings."""

from __future__ import annotations

import re

UNTIL = re.compile(
    r"^(?:'?(?:y?[ae]|n[ae]|[iu]ne|[iu]na|inde|nde))?\s?(?:tarihi?n?(?:e|de|in)?|gunu?n?(?:e|de|"
    r"un)?)?[,\s]*(?:\(?[a-z]*\)?\s)?"
    r"(?:gunu?(?:ne)?|aksami(?:na)?)?[,\s(]*"
    r"(?:(?:en gec\s)?(?:(?:tsi|bruksel|turkiye|"
    r"yerel)\s?(?:saati\w*)?\s?)?(?:saat[i:]?\s?)?\(?(?:saat\s)?\d{1,2}[.:]\d{2}\)?'?[a-z]{0,3}\s?)?"
    r"(?:gunu\s)?(?:mesai\s(?:saati?\s)?(?:bitim|son)\w*\s?|is gunu sonu\w*\s|gun(?:u)? sonu\w*\s|"
    r"sonu\w*\s|bitimi\w*\s)?"
    r"(?:kadar|dek|degin)\b"
)
ENDS = re.compile(
    r"^[^.;]{0,60}?(?:sona er|son bul|son gun|bitecek|biter|kapanac|kapatilac|sonlan|mesai bitiminde|"
    r"tamamlanmis olma|icinde (?:tamamla|yap))"
)
BACKGROUND = re.compile(
    r"^(?:'?[a-z]{0,4}\s)?(?:tarihli|tarih ve|tarih,|tarihinde yayim|gun ve|tarihinde yururlu|"
    r"tarihi itibar|tarihinden itibaren|'?[dt][ae]n itibaren|itibariyle|"
    r"tarihinde kabul|tarihinde (?:resmen )?kurul|donemi|arasinda alinan|tarihli ve)|^ ?,? ?\d{4,5} sayili"
)
PAST_REPORT = re.compile(
    r"(?:bildiril|duyurul|belirtil|iletil|aciklan|ilan edil|yazil|planlan|duyur)\w*(?:misti|mustu|"
    r"mis olup)|sehven|had been (?:announced|set)|previously announced|was originally"
)
OLD_VALUE = re.compile(
    r"^[^.;]{0,80}?(?:olarak (?:yazil|bildiril|belirtil|duyurul)|iken|yerine|planlanan|"
    r"yapilmasi (?:planlan|ongorul)|ongorulen|duzenlenecegi duyurul)"
)
READER = re.compile(
    r"basvur|gonder|ilet|kayit|kaydol|doldur|ode|yatir|tamamla|bildir|teslim|teklif|itiraz|ulastir|kapat|"
    r"yapil|talep|gorus|bekle|katil|sunul|"
    r"apply|appl|submit|send|register|registration|comment|repl|respond|bid|tender|pay|object|sign|"
    r"contribut|request|feedback|declare|notify|views"
)
