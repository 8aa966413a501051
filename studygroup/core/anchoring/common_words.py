"""How little a very common word says: words that stand in every text, and their weight in bits."""

from __future__ import annotations

import math

# By how often they stand in running text: in about one word of 2^bits. Only the order of magnitude
# counts: a text of a few pages cannot tell by itself that “however” is no rarer than “the”.
_BY_BITS = {
    4: "the of and to a in",
    5: "that is was he it i his for with as",
    6: "not but be you at on by had her from they this which have or she him are one all we",
    7: "my me so there no said if when who were what their been would an will them then out into",
    8: (
        "up more some now could very only than about such do did time any like man has our "
        "after its your other how over upon must before little made us these two good can those "
        "himself may own come see first well should down never know much where most men being "
        "here way am too again old great shall every even long through still without"
    ),
    9: (
        "day go might think thing things say make came went back away nothing many same though "
        "while just always let last once because yet life eyes hand world house people part place "
        "each also another themselves itself against under between among off ever whom whose both "
        "soon take look done years seen took thus till something having does right left new less "
        "herself myself yourself quite rather almost enough perhaps why whole mind heart young "
        "head love saw put better far heard give indeed night lord god king sir mr mrs miss lady "
        "three work found room father mother face knew"
    ),
    10: (
        "however therefore whether although since until around during within toward towards "
        "already often sometimes together word words thought asked told cannot seemed looked "
        "second four five next end best high small large true great certain moment course kind "
        "general means order power nature case form sense fact point question reason number"
    ),
}
_ABROAD = {
    5: "de la le et der die und les que el en y il di e che",
    6: (
        "l d des du un une est a qui dans pour ne pas au ce se sur den das zu nicht von mit sich "
        "ein eine los las por con no del su lo una al per non si des dem ist im auf es ich er sie "
        "het een van dat"
    ),
    7: (
        "plus par mais ou avec il elle nous vous je son sa ses cette on tout als auch an so wie "
        "aus bei nach hat werden wird oder nur war noch wenn como mas pero sus le este ya todo "
        "esta sin sobre gli della dei nel come piu ma anche sono al delle hij niet te zijn op aan"
    ),
}
_MOST_BITS = 20.0
_LEAST_SIZE = 4000

CEILING: dict[str, float] = {
    word: float(bits)
    for group in (_ABROAD, _BY_BITS)
    for bits, line in group.items()
    for word in line.split()
}
"""The most that a word can weigh, for words that are common everywhere."""


def weight(word: str, count: int, size: int) -> float:
    """Return what meeting `word` says, in bits: the logarithm of one over its frequency.

    `count` is how often it stands in a text of `size` words; where it doesn't, it weighs as much
    as a word that stands there once, and a text of a page is taken for an excerpt of one of a few.
    Words that are common everywhere weigh at most their
    `CEILING`.
    """
    own = math.log2(max(size + 1, _LEAST_SIZE) / max(count, 1))
    return min(own, CEILING.get(word, _MOST_BITS))
