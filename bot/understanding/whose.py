"""Whose duty an English clause states: English puts the subject first in it."""

from __future__ import annotations

import re

# Where a clause begins in which a day or a term stands last.
_CLAUSE = re.compile(
    r"[.;:!?]\s|,? (?:and|but|while|whereas|so|or|which|who|if|when|because) (?=(?:the|its|their|our|an?|"
    r"all|any|you|"
    r"they|we|it|this|these|companies|members|parties|comments|(?:[a-z]+ ){1,3}(?:will|must|may|can|"
    r"should|shall|"
    r"are|is|has|"
    r"have))\b)|, (?=(?:the|its|you|we|they)\b)|\n"
)
# Who acts upon others: what they do by a day is no duty of the reader.
_AGENTS = (
    r"(?:commission|council|parliament|committee|court|ministry|authority|authorities|agency|board|panel|jury|"
    r"secretariat|organi[sz]ers?|evaluators|rapporteur|plenary|member states?|government|customs|echa|"
    r"efsa|we|"
    r"courier|contractor)"
)
# What they make or decide upon.
_WORKS = (
    r"(?:(?:provisional|definitive|final|anti-dumping|safeguard) (?:measures?|dut(?:y|ies)|"
    r"determinations?|findings?)|"
    r"investigation|proceedings?|inquiry|decisions?|opinions?|ruling|judgment|results?|winners|refunds?|"
    r"grant agreements?|evaluations?|shortlist|minutes|works?|repairs?)"
)
# What only holds, runs out or is agreed between others.
_RULES = (
    r"(?:regulation|directive|rules?|law|act|decree|order|provisions?|requirements?|agreement|treaty|protocol|"
    r"convention|memorandum|embargo|ban|sanctions|exemption|derogation|transition(?:al)? period)"
)
# The subject stands first, with nothing before it but what belongs to it.
_FIRST = r"^\W*(?:(?!(?:to|on|of|for|with|under|in|at|by|from|about|your)\b)[a-z'’-]+ ){0,4}?"
_AGENT_ACTS = re.compile(
    _FIRST
    + _AGENTS
    + r"\b[^.;]{0,60}?\b(?:will|shall|is|are|was|were|has|have|had|may|must|can|should|would|plans?|"
    r"intends?|expects?|aims?|hopes?|wants?|normally|usually|promises?|undertakes?|publish(?:es)?|decides?|adopts?|"
    r"issues?|presents?|follows?|votes?|responds?|delivers?|completes?|concludes?)\b"
)
_WORK_COMES = re.compile(
    _FIRST
    + _WORKS
    + r"\b[^.;]{0,60}?\b(?:will|shall|(?:is|are) (?:expected|foreseen|planned|scheduled|likely)|"
    r"(?:must|may|can|should|has to|have to) be (?:adopted|concluded|signed|awarded|notified|ready|known|"
    r"available|decided|"
    r"communicated|imposed|published|completed|finished|"
    r"paid|made|"
    r"taken|issued|announced|closed|terminated))\b"
)
_READERS = re.compile(
    r"\b(?:you|your|yours|please|part(?:y|ies)|compan(?:y|ies)|firms?|exporters?|producers?|manufacturers?|importers?|"
    r"members?(?! states?)|users?|stakeholders?|applicants?|bidders?|tenderers?|suppliers?|registrants?|"
    r"holders?|"
    r"exhibitors?|participants?|delegates?|anyone|everyone|those|who|whoever|operators?|owners?|consortia|"
    r"comments?|views|requests?|applications?|submissions?|repl(?:y|ies)|responses?|answers?|contributions?|feedback|"
    r"information|questionnaires?|claims?|objections?|appeals?|bids?|tenders?|offers|samples?|fees?|invoices?|"
    r"registrations?|nominations?|proposals?|abstracts?|papers?|forms?(?! of)|call|consultation|survey|"
    r"deadline|"
    r"closing date|last (?:day|date)|dossiers?|notifications?|declarations?|deposit|instal?ments?|"
    r"subscriptions?|"
    r"evidence|data|interest|ballots?|places|seats|bookings?|tickets|rooms|discount|rate)\b"
)


_RULE_HOLDS = re.compile(
    _FIRST + _RULES + r"\b[^.;]{0,60}?\b(?:(?:shall|will) (?:continue to )?(?:apply|remain|expire|lapse|"
    r"be (?:signed|"
    r"ratified|adopted|reviewed|repealed|amended))|(?:is|are) to be (?:signed|ratified|adopted|reviewed|"
    r"repealed|"
    r"amended)|appl(?:y|ies)|remains?|expires?|lapses?|continues?|runs?|lasts?)\b"
)


def others_act(before: str) -> bool:
    """Whether the clause that leads up to a day or a term tells what others, and not the reader, do."""
    start = 0
    for one in _CLAUSE.finditer(before):
        start = one.end()
    clause = before[start:]
    theirs = _AGENT_ACTS.match(clause) or _WORK_COMES.match(clause) or _RULE_HOLDS.match(clause)
    return theirs is not None and not _READERS.search(clause)


_LABEL = re.compile(
    r"(?:^|[.;:\n]\s?)\W*(?:the )?(?:"
    + _WORKS
    + r"),?:?\s{1,4}(?:(?:normally|usually|expected|due|at the latest|"
    r"generally|no later than|adopted|imposed)\W+){0,3}$"
)


def others_term(before: str) -> bool:
    """ "Provisional measures: normally within seven months": a line that names what others do."""
    return bool(_LABEL.search(before))


# "Closing REACH-IT for an update from Friday until Monday": what is shut opens again on its last day.
_SHUT = re.compile(
    r"\b(?:clos(?:es?|ed|ing)(?! date| day)|shut(?:s|ting)?|unavailable|offline|inaccessible|unreachable|"
    r"down|"
    r"interrupted|disrupted|suspended|paused|frozen|out of (?:service|action|order|use)|switch(?:ed|ing) off|"
    r"tak(?:en|ing) (?:down|off-?line)|not (?:be )?(?:available|accessible|reachable|working|staffed)|"
    r"maintenance|downtime|outage|away|on leave)\b"
    r"(?![^.;]*\b(?:open|accept\w*|apply|applications?|register|registrations?|extended)\b)[^.;]*$"
)
_FOR_A_TIME = re.compile(
    r"\b(?:from|between|until|till|through)(?: (?:the )?[a-z]+day,?)?(?: the)? $|"
    r"\bfor (?:an? |the )?(?:[a-z]+ ){0,2}(?:maintenance|update|upgrade|migration|works?|holidays?|"
    r"stock-?taking|"
    r"inventory|repairs?|renovation|break|recess)\b"
)
_SHUT_THEN = re.compile(r"\b(?:from|between)\b[^.;]*\b(?:until|till|to|and)\b")


def shut_until(before: str) -> bool:
    """Whether the day that follows is one of a time in which something is shut."""
    found = _SHUT.search(before)
    if found is None:
        return False
    return bool(_FOR_A_TIME.search(found[0]) or _SHUT_THEN.search(found[0]))


# "The old portal remains accessible in read-only mode until": to be looked at, and nothing is asked.
_TO_BE_SEEN = re.compile(
    r"\b(?:remains?|stays?|kept|continues?|will be|is|are|be) (?:to be )?(?:freely |publicly |"
    r"still )?(?:accessible|visible|online|"
    r"on (?:display|show|view)|viewable|downloadable|readable|archived|on (?:our|the) (?:web)?site)\b[^.;]*$"
)
_TO_BE_FILLED = re.compile(
    r"\b(?:forms?|call|registrations?|applications?|survey|questionnaire|consultation|ballot|tender|offer|bookings?)\b"
)


def only_to_be_seen(before: str) -> bool:
    """Whether the day that follows is the last on which something can be looked at."""
    found = _TO_BE_SEEN.search(before)
    return found is not None and not _TO_BE_FILLED.search(before, 0, found.start())
