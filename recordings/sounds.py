"""How far one syllable of Mandarin is from another to the ear on a telephone, without tones.
Compares sounds only; must not know words."""

from functools import cache

from pypinyin import Style, pinyin

#: Beginnings and endings that are easily taken for each other: half as far as any two others.
_BEGINNINGS = (
    "z zh,c ch,s sh,l n,r l,f h,j q,q x,j x,z c,zh ch,ch sh,zh sh,b p,d t,g k,z j,c q,s x,m n,"
    "zh j,ch q,sh x,h k,l d,n d,g d,r y,w h,w m,y n"
)
_ENDINGS = (
    "in ing,en eng,an ang,ian iang,uan uang,an ian,e uo,o uo,i ei,ai ei,en in,ong eng,uo ou,ao ou,"
    "iao iou,ie ian,ie iao,u ou,a ia,un en,uei ei,uen en,i in,i ing,e en,an en,ong ou,i e,ao iao,"
    "ia ian,ue ie,v i,an ai,ei en,a an,a ang,ian in,iang ing,ang eng"
)
NEAR, FAR = 0.5, 1.0

Syllable = tuple[str, str]


@cache
def syllable(char: str) -> Syllable:
    """Beginning and ending of a character's toneless pinyin; a digit or letter is its own."""
    beginning = str(pinyin(char, style=Style.INITIALS, strict=False)[0][0])
    ending = str(pinyin(char, style=Style.FINALS, strict=False)[0][0])
    return ("", char) if char in (beginning, ending) or not ending else (beginning, ending)


@cache
def apart(a: Syllable, b: Syllable) -> float:
    """0 for the same sound, up to 2 for another beginning and another ending."""
    return _part(a[0], b[0], _pairs(_BEGINNINGS)) + _part(a[1], b[1], _pairs(_ENDINGS))


def _part(a: str, b: str, near: frozenset[frozenset[str]]) -> float:
    if a == b:
        return 0.0
    return NEAR if frozenset((a, b)) in near else FAR


@cache
def _pairs(listed: str) -> frozenset[frozenset[str]]:
    return frozenset(frozenset(pair.split()) for pair in listed.split(","))
