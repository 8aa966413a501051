"""One spelling for words that are written in two ways: British ones as American, to be stemmed.

The stemmer takes “organise” and “organize” for two words. What is changed here is seen by nobody:
the word itself stays as written, and comes first when it was typed so.
"""

from __future__ import annotations

import re

_ISE = re.compile(
    # Words of this kind that are written with s everywhere have other letters before it (revise,
    # precise, promise, surprise, raise), or are few.
    r"(?P<head>[a-z]*[aeiouy][a-z]*(?:[bdfghjklnst]|ic|tiv|im|[^p]r))(?<=....)"
    r"is(?P<tail>e[drs]?|ers|ing|ations?|ational|ationally|able)"
)
_AS_THEY_ARE = re.compile(r"advertis|chastis|expertis|franchis|merchandis|paradis|practis|treatis")
_YSE = re.compile(r"(?P<head>[a-z]*(?:al|aral|atal))ys(?P<tail>e[drs]?|ers?|ing)")
_OUR = re.compile(
    r"(?P<head>[a-z]*[aeiouy][a-z]*(?<=[bdfghiklmnprtv]))our"
    r"(?P<tail>|s|ed|er|ers|ing|ings|able|ably|ite|ites|ful|less|hood|hoods|al|ally|ly|ism|ist|ists)"
)
_TRE = re.compile(r"(?P<head>[a-z]*[aeiouy][a-z]*)tre(?P<tail>s?)")
_ENCE = re.compile(r"(?P<head>def|off|pret|lic)ence(?P<tail>s?|less)")
_BY_LETTERS = ((_ISE, "iz"), (_YSE, "yz"), (_OUR, "or"), (_TRE, "ter"), (_ENCE, "ense"))
_WORDS = {
    "programme": "program",
    "programmes": "programs",
    "judgement": "judgment",
    "judgements": "judgments",
    "practise": "practice",
    "practised": "practiced",
    "practises": "practices",
    "practising": "practicing",
    "centred": "centered",
    "sceptic": "skeptic",
    "sceptics": "skeptics",
    "sceptical": "skeptical",
    "scepticism": "skepticism",
}
_MAYBE = re.compile(r"is|ys|our|tre|ence|programme|judgement|practis|centred|sceptic")


def american(word: str) -> str:
    """Return a folded English word as it is written in America, where there are two ways."""
    if _MAYBE.search(word) is None:
        return word
    if word in _WORDS:
        return _WORDS[word]
    for pattern, letters in _BY_LETTERS:
        found = pattern.fullmatch(word)
        if found is not None and _AS_THEY_ARE.match(word) is None:
            return f"{found['head']}{letters}{found['tail']}"
    return word
