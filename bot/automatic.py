"""Texts that no person typed: what a phone answers by itself, and reactions to a text of ours.

They are met with silence. Two machines would go on for ever, and a thumb on our list, which quotes it whole,
is no new search.
"""

from __future__ import annotations

from typing import Final

import regex

# As iOS and Android word them in English, from memory (28 November 2026), not checked against a phone; what
# is quoted may be cut, and ends the text: what a person goes on to say is theirs.
_REACTION: Final = regex.compile(
    r"(?:liked|loved|disliked|laughed at|emphasi[sz]ed|questioned|reacted \S{1,8} to"
    r"|removed an? \w+ from) (?:[\"“„«].*[\"“”»…]|an? (?:image|message|attachment))",
    regex.IGNORECASE | regex.DOTALL,
)
_ANSWERS: Final = regex.compile(
    r"i.?m driving with (?:focus|do not disturb(?: while driving)?) turned on\b.*|i.?m driving right now\.?"
    r"|\(?i.?m not receiving notifications\. if this is urgent\b.*"
    r"|(?:automatic reply|auto-?reply|out of office):.*"
    r"|if (?:this is|you are having) an? (?:medical )?emergency,? (?:please )?"
    r"(?:hang up and )?(?:dial|call) 911\.?",
    regex.IGNORECASE | regex.DOTALL,
)


def is_automatic(text: str) -> bool:
    """Did a phone write this by itself?

    >>> is_automatic("Liked “1 Hope House, 0.7 mi”"), is_automatic("i liked that place")
    (True, False)
    """
    said = text.strip()
    return bool(_REACTION.fullmatch(said) or _ANSWERS.fullmatch(said))
