"""Asides: the outlet stops reporting and comments in its own voice.

Kinds as the codebook lists them: rhetorical_question, comment, coda, label_comment,
address, gloss. Only narration can hold one; quotations and paraphrase never do.

A sentence without any source is a candidate. It is marked where its words say that it
comments (turns of phrase below), where it stands at the end and interprets or predicts,
or where the sum of its signs says so (:mod:`framing.detect._judged`). Questions need
a sign that no answer is expected: signposts, FAQ headings and teasers have none.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator

from framing.article import Reading, Sentence
from framing.classify import of_reading
from framing.detect._judged import Place, is_opinion_piece, judge, signs
from framing.detect._judged import said as spoken
from framing.detect._phrases import Opener, Phrasebook
from framing.detect.vouch import vouches
from framing.evidence import Evidence, mark
from framing.lexicon import Lexicon

DEVICE = "aside"
# Every rule and every guard has cases that must and must not fire (tests/golden/aside.jsonl).
RULES = (
    "address", "address in a headline", "apparent aim", "closing opinion", "closing prediction", "closing question",
    "closing verdict",
    "closing words", "echo", "foreseen effect", "gloss", "inserted clause", "opener", "parenthesis", "pointed question",
    "reads as opinion", "rebuttal", "remark on a name", "run of questions", "supposed motive",
    "supposed reason", "taken as a sign", "turn of phrase", "weighed in passing",
)  # fmt: skip
GUARDS = (
    "answered", "end matter", "letters to the editor", "link", "live page", "nobody knows yet", "opinion piece", "post",
    "questions and answers", "quotation",
)  # fmt: skip

# Least P of a comment in an article that is opinion as a whole.
IN_OPINION = 0.8
# Fewer sentences are no report that could stop reporting.
REPORT = 3
_LAST = 3
_MARKS = ("“", '"', "‘")


def _any(*phrases: str) -> re.Pattern[str]:
    return re.compile(r"(?<![\w’'-])(?:" + "|".join(phrases) + r")(?![\w-])", re.IGNORECASE)


_APOS = "[’']"
# Turns of phrase that comment by themselves.
_COMMENT = _any(
    "not exactly (?:a|an|the|known|what|how)", "hardly (?:a|an|the|surprising|news|surprised)", "speaks? for itself",
    "begs the question",
    "(?:that|this|it)(?: is|[’']s) (?:hardly|exactly) ", "too little,? too late", "for whatever reason",
    "(?:would|will) have (?:you|us) believe",
    "double standards?", "not so fast", "as (?:we|you) know", "as it happens", "as luck would have it",
    "of all (?:people|places|things)",
    "a (?:cynic|skeptic|sceptic) might", "(?:nothing|(?<!a )little) (?:more|better|other) than", "not a word about",
    "not to be outdone",
    "it(?: is|[’']s) (?:important|vital|crucial|essential) (?:to|that)",
    "it (?:bears|is worth) (?:repeating|mentioning|noting|remembering)",
    "of course", "needless to say", "to say the least", "go figure", "so much for", "tell that to", "never mind that",
    "the irony (?:is|was|of|here)", "ironically", "tellingly", "predictably enough", "conveniently enough",
    "curiously enough",
    "in reality", "the (?:truth|fact|reality|problem|trouble|upshot|bottom line|lesson|point)(?: of \\w+)? (?:is|"
    "was|remains)",
    f"(?:it|that|there)(?: is|{_APOS}s)(?: also| simply)? (?:no (?:secret|wonder|surprise|coincidence|accident)|"
    f"hard to (?:imagine|think|see|believe|"
    "overstate|argue|avoid)|difficult to (?:imagine|overstate|see|believe|escape)|worth (?:noting|remembering|"
    "asking|recalling|"
    "pointing out)|telling that|easy to see|tempting to|safe to say|fair to say|clear that|obvious that|logical that)",
    f"(?:it|this|that)(?: is|{_APOS}s) (?:(?:simply|just|plainly|clearly|pure|utter|sheer|complete|"
    f"total) )?(?:nonsense|absurd|laughable|ridiculous|hogwash|"
    "bunk|rubbish|hypocrisy|propaganda|a lie|a curious|a strange|an odd|a bold claim|a big claim|untrue|not true|false|"
    "misleading|disingenuous|a far cry|a stretch|a shame|a pity|a disgrace|rich,? coming)",
    f"do(?:es)?(?: not|n{_APOS}t) (?:really |quite )?(?:hold water|hold up|add up|bear out|tell the whole story|"
    f"stand up to scrutiny)",
    "no (?:small|mean) (?:feat|irony)", "not that (?:it|he|she|they|anyone|anybody) ", "as if (?:that|this) were",
    f"what (?:he|she|they|it|the \\w+)(?: \\w+)? (?:did(?: not|n{_APOS}t) (?:say|mention)|left out|"
    f"failed to mention|neglected to|forgot)",
    "left unsaid", "the elephant in the room", "conspicuously (?:absent|silent|missing|omitted)", "failed to mention",
    "(?:he|she|they|it|neither|nobody|no one) (?:did not|didn[’']t|has yet to|ha[sd] not|have not) (?:say|said|"
    "explain|explained|bother|bothered) (?:which|why|how|to (?:explain|say))",
    "to (?:his|her|its|their) credit", "at long last", "little wonder", "no wonder", "small wonder",
    "suffice it to say",
    "all downhill from there", "(?:one|only one) thing is (?:clear|certain|sure)", "the writing is on the wall",
    "for good measure",
    "sooner or later", "there was another way", "there is another way", "why it matters", "the big picture",
    "between the lines",
    "for all (?:his|her|its|their|the) (?:talk|bluster|promises|rhetoric|fanfare|noise)", "in a twist of irony",
    "(?:thinly|barely) (?:veiled|disguised)",
    "(?:a|another|in a) (?:move|ploy|stunt|bid|tactic|smokescreen|gesture) (?:clearly |plainly |"
    "obviously )?(?:designed|calculated|engineered) to",
    "lost on (?:him|her|them|nobody|no one)", "a curious way to", "an odd way to", "a strange way to",
)  # fmt: skip
# Openers that turn a sentence into a comment; the first words of a sentence only.
_OPENER = Opener(
    r"^[“\"(]?(?:but |and |yet |so |still, )?(?:after all|to be sure|to be fair|in fairness|worse still|worse|"
    r"granted|alas|"
    r"interestingly|surprisingly|amazingly|not so fast|clearly|obviously|plainly|sadly|thankfully|mercifully|"
    r"fortunately|unfortunately|"
    r"regrettably|ironically|tellingly|curiously|oddly|strangely|astonishingly|incredibly|remarkably|shockingly|"
    r"unsurprisingly|"
    r"not surprisingly|predictably|naturally|inevitably|undoubtedly|conveniently|amusingly|frankly|honestly|"
    r"truth be told|in truth|"
    r"in one sense|in a sense|no doubt|in other words|in short|simply put|put simply|the bottom line|if anything|"
    r"what[’']s more troubling)\b,?"
)
_ADDRESS = _any(
    f"let{_APOS}s (?:be (?:clear|honest|frank|fair|real|blunt)|not (?:forget|pretend|kid|be)|face it|remember|hope|"
    f"recall|say|call it|look at|take)",
    "let us (?:be|not|hope|remember|recall|face)", "make no mistake", "mark my words", "believe it or not",
    "rest assured",
    f"you(?:{_APOS}d| would| might| may| could) (?:think|be forgiven|expect|imagine|have thought|assume|have to|"
    f"ask|recall|wonder)",
    "ask yourself", f"don{_APOS}t (?:be fooled|hold your breath|bet on|kid yourself|expect|forget)", "dear readers?",
    "we (?:must|should|ought to|need to|have to|can(?:not)? (?:all|only|afford|pretend|ignore)|might ask|all know|"
    "deserve)", "think about (?:it|that)",
    "one (?:can only|might ask|wonders|must ask|has to wonder)",
    "just a (?:second|minute|moment),? though", "consider (?:this|that|the (?:fact|irony))", "mind you", "recall that",
    "remember that",
)  # fmt: skip
_ADDRESS_OPEN = Opener(
    r"^(?:but |and |so )?(?:recall|remember|imagine|consider|picture (?:this|that|it|an?|the|yourself)|forget|spare|"
    r"behold|tell that to|mind you)\b"
)
# In a headline: the reader spoken to; what "you need to know" only announces.
_HEAD_ADDRESS = re.compile(
    r"(?:\b(?:but )?here(?:[’']s| is| are) (?:why|the (?:truth|real|problem|catch)|what \w+ (?:won|don|isn)[’']t)"
    r"|\byou(?:[’']ll never| (?:won[’']t believe|have to see|should be|might want))|\blet[’']s (?:be|not|face|hope|get)"
    r"|\b(?:guess (?:what|who)|make no mistake|don[’']t be fooled|wait (?:un)?til you|brace yoursel\w+|get ready)"
    r"|\bwe (?:must|should|need to|can[’']t|deserve)\b|\bwhy you should\b)[^“”\"\n]*",
    re.IGNORECASE,
)
_GLOSS_OPEN = Opener(
    r"^(?:that is to say|translation:|as a reminder,|for the uninitiated,|for those (?:unfamiliar|new) |by contrast,|"
    r"in comparison,|for perspective,|for context,|for comparison,|by comparison,|by way of comparison|for the record,|"
    r"to put (?:it|that|this) (?:in|into) "
    r"(?:perspective|context)|for reference,)"
)
_GLOSS = re.compile(
    r"^(?:the )?[\w’'.-]+(?: [\w’'.-]+)? "
    r"(?:stands for (?!election|office|parliament|re-?election|mayor|nothing|what|all)|is short for|"
    r"is an? (?:acronym|abbreviation|euphemism) for|"
    r"literally means|means (?!that|the|a\b|he|she|it|they|we|more|less|no)\w+ing)\b",
    re.IGNORECASE,
)
_CALLED = re.compile(
    r"(?:(?:still |now |also |routinely |absurdly |laughably |grandly )?being (?:called|styled|dubbed|labell?ed|"
    r"termed|billed as|described as|referred to as|marketed as)"
    r"|(?:laughably|absurdly|grandly|misleadingly|ironically|optimistically|euphemistically|falsely|"
    r"wrongly) (?:called|styled|dubbed|labell?ed|termed|billed as|described as|named|known as|referred to as)) "
    r"(?P<q>[“\"‘][^“”\"\n]{1,60}[”\"’])",
    re.IGNORECASE,
)
_LIKES = re.compile(
    r"\b(?:what (?:\w+ ){0,4}?(?:likes?|liked|loves?|loved|chooses?|chose|prefers?|preferred|insists? on|"
    r"insisted on|dares?|is pleased|are pleased) (?:to )?(?:call|calling)"
    r"|if (?:you|one|that|it) (?:can|could) (?:even )?(?:be called|call it) (?:that|one)"
    r"|as (?:he|she|they|it) (?:likes?|liked|loves?|prefers?|preferred) to (?:call|put) (?:it|them|him|her|"
    r"themselves|himself))\b[^,.;\n]{0,80}",
    re.IGNORECASE,
)
_FUTURE = _any("will", "won[’']t", "shall", "is (?:bound|certain|sure|set|poised|destined) to",
    "are (?:bound|certain|sure|set|poised|destined) to",
               "could (?:yet|well|prove)", "may (?:yet|well|prove)", "looks? set to", "promises? to")  # fmt: skip
_CODA = _any(
    "remains? to be seen", "only time will tell", "time will tell",
    "the (?:world|country|nation|public|people) (?:is|are|will be) watching",
    "sends? (?:a|an) (?:\\w+ )?(?:signal|message)", "the future of", "the (?:stage|scene) is (?:now )?set",
    "in the (?:years|months|decades|days) (?:ahead|to come)",
    "for (?:years|decades|generations) to come", "history will (?:judge|remember|show)",
    "the (?:real )?(?:question|test|lesson|moral)(?: \\w+)? (?:is|will be|remains)",
    "there is little (?:chance|doubt|hope)", "the clock is ticking", "the ball is (?:now )?in", "only the beginning",
    "(?:marks?|marking) (?:a|the) (?:\\w+ )?(?:turning point|new (?:chapter|era)|end of an era)",
    "watch this space", "stay tuned for", "if history is any guide", "one can only hope",
    "where (?:this|it) (?:all )?(?:ends|leads)",
)  # fmt: skip
# The end matter of a page: never part of the story; after bullets and brackets.
_BULLETS = re.compile(r"[\s(\[*•·—–-]*+")
_JUNK = Opener(
    r"(?:read (?:more|also|next|the full)|related|more:|more on|watch:?|see also|see:|follow|"
    r"subscribe|sign up|click|copyright|©|all rights|"
    r"advertisement|share|reporting by|editing by|additional reporting|writing by|compiled by|contact|get the|"
    r"download|photo|image|video|"
    r"this (?:story|article|report) (?:has been|was|originally|first|will be)|the associated press|"
    r"associated press|contributed|interested in|"
    r"you (?:might|may) also|comments?|follow us|@|https?:|correction|update|originally published|have a (?:tip|"
    r"story|question)|want (?:more|to))"
)
_NEGATIVE = Opener(
    r"^(?:and |but |so |yet |then |after all, )?(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would|"
    r"should|ca|wo)n[’']t\b"
)
_POINTED = _any(
    "really", "who knew", "what else", "how else", "who else", "who needs", "who cares", "why bother", "since when",
    "what good", "what could possibly", "how many more",
    "how much longer", "how long (?:must|will|can|before)", "any wonder", "a coincidence",
    "supposed to (?:believe|accept|trust)", "dare", "honestly", "seriously", "what exactly",
    "exactly (?:what|who|how|why|where|is|are)", "we", "you", "us", "ever", "anyone", "anybody", "even",
    "what are the odds", "why on earth", r"right\?", "how could any(?:one|body)?",
    "and for what", "how dare", "is it too much",
    "or (?:is|are|was|were|do|does|did) (?:it|he|she|they|this|that) (?:just|merely|really|simply)",
    "just (?:a|another)", "so (?:dead set|concerned|worried|eager|keen)", "what happened to",
)  # fmt: skip
# What follows a question that is put to be answered, or a line of the page.
_ANSWERED = Opener(
    r"(?:yes|no|probably|possibly|decidedly|it depends|in (?:short|a word)|the (?:short |simple |quick )?answer|"
    r"for (?:starters|one)|here (?:is|are)|here[’']s|not (?:yet|necessarily)|show hide|replay|click|tap|sign up|"
    r"subscribe|read more|vote now|check (?:our|out)|find out)\b"
)
_LINKED = Opener(r"^(?:and|but|yet|or|if)\b")
_TIME = re.compile(r"^\s*(?:\d{1,2}[:.]\d\d(?:\s*[ap]\.?m\.?)?|\d{1,2}\s*[ap]\.?m\.?)\b", re.IGNORECASE)
_LETTER = re.compile(r"^(?:dear (?:editor|sir|madam|sirs|readers?)|to the editor\b|sir[,:]? ?[—–-]|"
    r"letters? to the editor|readers?[’'] letters|your letters|"
                     r"dear \w+[,:]?$)", re.IGNORECASE)  # fmt: skip
_TURN = re.compile(r"(?:But|And|Yet|Still|However|That|This|It|So|If|There)\b")
_REST = r"\b[^.;–—\n“”\"]{3,200}"
# To the next comma, dash or mark: what is inserted ends there.
_TAIL = r"[^,.;–—\n“”\"]{0,120}"
_UNTRUE = (
    r"(?:is|was|are|were|has been|have been|had been) (?:\w+ )?(?:false|not true|not the case|not accurate|untrue|"
    r"wrong|incorrect|inaccurate|misleading|baseless|unfounded|debunked|disproven|disproved|discredited|refuted|hardly|"
    r"ironic|odd|nonsense|absurd|far from (?:true|clear|certain))\b"
)
_LINK = r"(?<=[,–—-] |\w[—–])\b"
# Clauses at the end of a sentence that infer, foresee or suppose, by what they do.
_CLAUSES = (
    ("supposed reason", re.compile(
        _LINK + r"(?P<body>(?:perhaps|presumably|ostensibly|evidently|seemingly|supposedly|conveniently|"
        r"no doubt|doubtless|(?:possibly|probably|likely) (?=(?:in (?:response|part|an)|because|as a|due to|out of|"
        r"hoping|fearing|wary|to (?:avoid|show|prove|keep|win|please|make|save|send)|inadvertently|fuel|the most|the "
        r"worst|the best)\w*\b)|apparently (?=(?:in|to|as|because|for|by|hoping|fearing|wary|out)\b))" + _REST + ")")),
    ("taken as a sign", re.compile(
        _LINK + r"(?P<body>(?:a|an|another|yet another|one more|the latest|the clearest|further|fresh) (?:\w+ ){0,2}?"
        r"(?:sign|reminder|indication|testament|evidence|proof|symptom|irony|blow|rebuke|embarrassment|setback|"
        r"gambit|stunt|ploy|slap|contradiction) (?:of|that|to|for|in|from|at)" + _REST + ")")),
    ("apparent aim", re.compile(
        r"(?P<body>\b[Ii]n (?:an? (?:apparent|obvious|clear|transparent|blatant|desperate|cynical|thinly veiled|"
        r"not-so-subtle|naked|brazen|seeming|evident) (?:\w+ )?(?:attempt|effort|bid|move|ploy|nod|swipe|jab|dig|"
        r"rebuke|contradiction|violation|about-face|shift|sop|gesture)|what (?:appears?|appeared|seems?|seemed|"
        r"amounts?|amounted|looks?|looked|may|might|could) "
        # what is only not known for sure: "what appeared to be his first visit"
        r"(?!(?:to |be |have |been |like )+(?:his|her|its|their|the) (?:\w+ )?"
        r"(?:first|second|third|last|latest|only|biggest|largest)\b)"
        r"(?:to be|to have been|like|to|be|have been))"
        + _REST + ")")),
    # An apposition that weighs what was reported: a word of degree or surprise and a name for what it is.
    ("weighed in passing", re.compile(
        r"(?<=[,–—-] )\b(?P<body>(?:in )?(?:an?|another|yet another|quite an?|no|the most) (?:\w+ )?(?:remarkable|"
        r"stunning|extraordinary|rare|unusual|striking|bizarre|curious|odd|surprising|unprecedented|dramatic|stark|"
        r"stinging|embarrassing|humiliating|damning|awkward|astonishing|ironic|strange|staggering|shocking|surreal|"
        r"impressive|notable|risky|bold|tacit|brazen|desperate|blatant|telling|glaring|cynical|crushing|blistering|"
        r"scathing|sharp|major|big|huge|significant|small|mean|clear|rich) (?:\w+ )?(?:move|step|rebuke|reversal|"
        r"turnaround|turn|admission|departure|contrast|feat|achievement|twist|development|shift|concession|defeat|"
        r"setback|victory|blow|choice|gesture|spectacle|display|omission|silence|acknowledge?ment|moment|win|coup|"
        r"boost|escalation|contradiction|challenge|about-face|irony|milestone|embarrassment|failure|mistake|gamble|"
        r"show of \w+|change of \w+|break (?:with|from)|test (?:of|for)|swipe|jab|problem for)\b" + _TAIL + ")")),
    # A claim set right by the outlet itself.
    ("rebuttal", re.compile(
        r"(?P<body>\b(?:[Ww]ithout (?:offering |providing |citing |presenting |giving |producing |any |a shred of )*"
        r"(?:evidence|proof)|with (?:no|little) (?:evidence|proof)|[Dd]espite (?:having |offering |the |a |any )*(?:no|"
        r"lack|absence|little)(?: of)?(?: any)? (?:evidence|proof)|[Cc]ontrary to (?:his|her|their|its|what|"
        r"[\w’']+[’']s?) (?:\w+ )?(?:claims?|assertions?|assurances?|promises?|suggestions?|insistence|boasts?|he|she|"
        r"they))\b" + _TAIL + ")")),
    ("rebuttal", re.compile(r"(?<=[,–—-] )(?P<body>which " + _UNTRUE + _TAIL + ")")),
    ("rebuttal", re.compile(
        r"(?<=[,–—-] )(?P<body>an? (?:\w+ )?(?:claim|charge|assertion|accusation|allegation|theory|figure|statement) "
        r"(?:that|which) " + _UNTRUE + _TAIL + ")")),
    # What somebody does is reported, what for is the outlet's guess: verbs of show, pressure and calculation.
    ("supposed motive", re.compile(
        _LINK + r"(?P<body>(?:in )?(?:an?|another|yet another) (?:\w+ ){0,2}(?:move|bid|effort|attempt|ploy|gambit|"
        r"tactic|strategy|stunt|maneuver|manoeuvre|gesture|campaign|concession) (?:to|(?:apparently |clearly |likely |"
        r"seemingly )?(?:designed|aimed|intended|meant|calculated|crafted|engineered|timed) (?:to|at)) "
        r"(?:\w+ly )?(?:distract|deflect|divert|discredit|undercut|undermin|downplay|silenc|smear|intimidat|appeas|"
        r"placat|pander|whip|stok|inflam|save face|sow|scor|curry|court|woo|cling|hid|conceal|cover|whitewash|sway|"
        r"sabotag|embarrass|punish|bully|pressur|muddy|spin|burnish|polish|rehabilitat|portray|paint|fire|energi[sz]|"
        r"rally|shore|send a (?:\w+ )?(?:message|signal)|avoid the appearance|look (?:tough|strong|good)|forc|hobbl|"
        r"derail|scuttl|stonewall|outmaneuver|upstag|tarnish|vilif|demoni[sz]|manipulat|exploit|capitali[sz]|provok|scar|frighten|"
        r"shame|shift)\w*"
        + _REST + ")")),
    ("foreseen effect", re.compile(
        _LINK + r"(?P<body>(?:(?:in )?an? (?:\w+ ){0,2}?(?:move|step|decision|shift|change|development|prospect|"
        r"outcome|result|defeat|victory|ruling|trend|scenario|strategy|gamble) that (?:could|may|might|will|would|"
        r"is likely to|is sure to|is bound to|threatens to)|which (?:could|may|might|would likely|will likely|"
        r"would surely|will surely) (?:\w+ )?(?:complicate|undermine|jeopardi[sz]e|threaten|deepen|worsen|embolden|"
        r"fuel|erode|weaken|strengthen|bolster|boost|hurt|help|dampen|doom|derail|reshape|upend|damage|explain|"
        r"cripple|prove|force|spell)|(?:which|that) (?:may|might|could) (?:well |also |in turn )?have (?:\w+ly )?(?:"
        r"helped|hurt|contributed|fuel|led|prompted|persuaded|played|cost|added|driven|encouraged|emboldened|deepened|"
        r"worsened|doomed|swayed|explained|tipped|sealed|made))" + _REST + ")")),
)  # fmt: skip
_INSERTED = re.compile(
    r"(?:(?P<turn>though|although|even though|but|yet|not that|in fact|of course|never mind|unlike|as if)|"
    r"which|who|it|he|she|they|that|this|there)\b", re.IGNORECASE
)  # fmt: skip
_PARENTHESIS = re.compile(r"\((?P<body>[^()\n]{15,240})\)|[—–](?P<dash>[^—–\n“”\"]{8,160})[—–]")


_CREDIT = re.compile(
    r"photo|image|video|file\b|getty|reuters|\bap\b|acronym|abbreviat|https?:|\bhere\b|read more|click|see also|"
    r"follow|editing|"
    r"reporting by|updates?\b|watch\b|listen\b|get all",
    re.IGNORECASE,
)
# A sentence in parentheses that sets a fact against what was said; others add what there was no room for.
_POINTS = re.compile(
    r"\b(?:actually|in (?:fact|reality|truth)|neither|never|nobody|even|though|although|unlike|compared|than|twice|"
    r"same|times|seems?|apparently|of course|clearly|whatever|claims?|once again|yes|incidentally|as it happens)\b",
    re.IGNORECASE,
)
# What nobody knows yet is reporting.
_OPEN_QUESTION = Opener(
    r"(?:but |and |still, )?(?:it|that)(?:[’']s| is| was| remains| remained)(?: still| also| as yet| far from)? "
    r"(?:unclear|not clear|not immediately clear|unknown|not known|not yet (?:clear|known)|uncertain|"
    r"too (?:early|soon) to (?:say|tell|know))\b"
)
_DATED = re.compile(
    r"\b(?:(?:on|in|by|until|from|next|this) (?:monday|tuesday|wednesday|thursday|friday|saturday|sunday|january|"
    r"february|march|april|"
    r"may|june|july|august|september|october|november|december|week|month|year|\d{4}))\b",
    re.IGNORECASE,
)

_BOOK = Phrasebook(_COMMENT, _ADDRESS, _GLOSS, _CODA, _CALLED, _LIKES, *(pattern for _, pattern in _CLAUSES))
_INSERTIONS = re.compile("[(—–]")


def detect(reading: Reading, lexicon: Lexicon) -> Iterator[Evidence]:
    page = Page(reading, lexicon)
    if page.letters:
        return
    whole: dict[int, tuple[str, str]] = {}
    for s in page.candidates:
        found = page.judge(s)
        if found is not None:
            whole[s.index] = found
    part: dict[int, tuple[str, str]] = {s.index: (kind, rule) for s, kind, rule in page.opinions(whole)}
    for s in reading.sentences:
        if s.index in part:
            kind, rule = part[s.index]
            yield mark(reading, *page.own_part(s), DEVICE, kind, f"aside:{rule}")
        elif s.index in whole:
            kind, rule = whole[s.index]
            yield mark(reading, s.start, s.end, DEVICE, kind, f"aside:{rule}")
        elif s.headline:
            yield from page.headline(s)
        elif s.index in page.partly:
            yield from page.parts(s)


class Page:
    """One article as the detector sees it: the outlet's own sentences, where it ends, what kind of page it is."""

    def __init__(self, reading: Reading, lexicon: Lexicon) -> None:
        self.reading, self.text = reading, reading.text
        text, sentences = reading.text, reading.sentences
        firsts: dict[int, Sentence] = {}
        counts: dict[int, int] = {}
        for s in sentences:
            firsts.setdefault(s.paragraph, s)
            counts[s.paragraph] = counts.get(s.paragraph, 0) + 1
        self.alone = {p for p, n in counts.items() if n == 1}
        heads = [text[s.start : s.start + 40] for s in firsts.values()]
        self.live = sum(map(_is_time, heads)) >= 3
        self.letters = any(_LETTER.match(h) for h in heads[:4])
        asked = [p for p in self.alone if text[firsts[p].start : firsts[p].end].rstrip().endswith("?")]
        starts = sum(h.lower().startswith(("q:", "q.", "question:", "a:", "a.", "answer:")) for h in heads)
        self.faq = len(asked) >= 2 or starts >= 2
        cued: set[int] = set()
        for cue in reading.cues:
            cued.add(reading.sentence_at(cue.start).index)
        self.cued = cued
        own = reading.narration_shares()
        self.candidates: list[Sentence] = []
        self.story = story = list[Sentence]()
        posts = _posts(text, sentences, firsts)
        for s in sentences:
            if s.headline or s.paragraph in posts or _is_junk(text[s.start : s.start + 60]):
                continue
            words = s.last - s.first
            if words < 3 or text[s.end - 1] not in ".!?)”\"’'…:":
                continue
            story.append(s)
            if own[s.index] >= 0.85 and s.index not in cued:
                self.candidates.append(s)
        self.own = own
        may = _BOOK.where(reading)
        self.addressed, self.glossed, self.codas = may[_ADDRESS], may[_GLOSS], may[_CODA]
        self.commented, self.called, self.liked = may[_COMMENT], may[_CALLED], may[_LIKES]
        self.clauses = [(rule, pattern, may[pattern]) for rule, pattern in _CLAUSES]
        # Sentences that can hold an aside as a part of them.
        self.partly = self.commented.union(self.called, self.liked, *(within for _, _, within in self.clauses))
        self.partly.update(reading.sentence_at(m.start()).index for m in _INSERTIONS.finditer(text))
        self._turned: dict[int, str] = {}
        self._links: dict[int, bool] = {}
        self.last = {s.index for s in story[-_LAST:]} if len(story) > 5 else set()
        self.final = story[-1].index if story else -1
        self.charges: dict[int, list[str]] = {}
        start = reading.tokens.start
        matches = lexicon.matches(reading)
        self.hedged: set[int] = set()
        for first, _, entry in matches.get("hedge", ()):
            if entry.kind == "epistemic" and reading.voice_at(start[first]).voice == "narration":
                self.hedged.add(reading.sentence_at(start[first]).index)
        for device in ("loaded", "booster"):
            for first, _, entry in matches.get(device, ()):
                if reading.voice_at(start[first]).voice == "narration":
                    name = "loaded" if device == "loaded" else entry.kind
                    self.charges.setdefault(reading.sentence_at(start[first]).index, []).append(name)
        self.vouched = {reading.sentence_at(start[m.first]).index for m in vouches(reading, lexicon)}

    def judge(self, s: Sentence) -> tuple[str, str] | None:
        """Kind and rule of a sentence that comments by its own words, or None."""
        said = self.text[s.start : s.end]
        if said.rstrip(")”\"’' ").endswith("?"):
            return self._question(s, said)
        if said.startswith(_MARKS) or _is_time(said) or self._is_link(s, said):
            return None
        if not self.live and ((s.index in self.addressed and _ADDRESS.search(said)) or _ADDRESS_OPEN.match(said)):
            return "address", "address"
        if _GLOSS_OPEN.match(said) or (s.index in self.glossed and _GLOSS.match(said)):
            return "gloss", "gloss"
        if (
            said.startswith("(")
            and said.rstrip(".").endswith(")")
            and s.last - s.first > 8
            and _POINTS.search(said)
            and not _CREDIT.search(said)
        ):
            return "gloss", "parenthesis"
        if s.index in self.last:
            charges = self.charges.get(s.index, [])
            if s.index in self.codas and _CODA.search(said):
                return "coda", "closing words"
            if s.index in self.vouched:
                return "coda", "closing verdict"
            if (
                _FUTURE.search(said)
                and not _DATED.search(said)
                and any(c in ("certainty", "importance", "loaded") for c in charges)
            ):
                return "coda", "closing prediction"
        if self.turned(s, said):
            return "comment", "opener" if self._turned[s.index] == "opener" else "turn of phrase"
        return None

    def turned(self, s: Sentence, said: str) -> bool:
        """Whether a turn of phrase comments by itself."""
        known = self._turned.get(s.index)
        if known is None:
            turn = s.index in self.commented and _COMMENT.search(said)
            known = "turn" if turn else "opener" if _OPENER.match(said) else ""
            self._turned[s.index] = known
        return bool(known)

    def _is_link(self, s: Sentence, said: str) -> bool:
        """A headline of another story in the middle of the page: one line, most words capitalised, no full stop."""
        if s.paragraph not in self.alone:
            return False
        known = self._links.get(s.index)
        if known is None:
            words = [w for w in said.strip("()").split() if len(w) > 3 and w[0].isalpha()]
            capital = sum([w[0].isupper() for w in words])
            known = self._links[s.index] = bool(words) and capital > 0.6 * len(words)
        return known

    def _question(self, s: Sentence, said: str) -> tuple[str, str] | None:
        if self.live or said.isupper() or not said.rstrip(") ").endswith("?") or self._is_link(s, said):
            return None
        alone = s.paragraph in self.alone
        if alone and self.faq:
            return None
        if ":" in said.split("?")[0][:24]:
            return None  # "More: …?", a teaser
        pointed = bool(_NEGATIVE.match(said)) or bool(_POINTED.search(said))
        charged = "loaded" in self.charges.get(s.index, [])
        following = self.reading.sentences[s.index + 1 : s.index + 2]
        answer = self.text[following[0].start : following[0].end] if following else ""
        if _ANSWERED.match(answer):
            return None  # a signpost, or a line of the page
        strong = _NEGATIVE.match(said) or (charged and (pointed or _LINKED.match(said)))
        if alone and s.index not in self.last and not strong:
            return None  # a heading
        if pointed or charged or _LINKED.match(said):
            return "rhetorical_question", "pointed question"
        if s.index in self.last and not alone:
            return "rhetorical_question", "closing question"
        if answer.rstrip(")”\"’' ").endswith("?") and not alone:
            return "rhetorical_question", "run of questions"
        if s.index:
            before = self.reading.sentences[s.index - 1]
            if self._echo(said, self.text[before.start : before.end]):
                return "rhetorical_question", "echo"
        return None

    @staticmethod
    def _echo(said: str, before: str) -> bool:
        """A question made of the words just quoted."""
        words = [w.strip("?,.“”\"’'").lower() for w in said.split()]
        long = [w for w in words if len(w) > 3]
        return len(long) > 0 and len(words) <= 8 and all(w in before.lower() for w in long)

    def opinions(self, taken: dict[int, tuple[str, str]]) -> Iterator[tuple[Sentence, str, str]]:
        """Sentences without any turn of phrase whose signs add up to a comment."""
        model = judge()
        # In a piece of opinion no sentence steps out of the report: only the strongest verdicts are marked there.
        # An analysis that is likelier not one is judged as any report, the comments of which are what it is read for.
        if len(self.story) < REPORT:
            return
        opinion = is_opinion_piece(self.reading)
        least = IN_OPINION if opinion else model.threshold
        for s, found in self.judged():
            if s.index not in taken and model.probability(found) >= least:
                if s.index in self.last:
                    yield s, "coda", "closing opinion"
                else:
                    yield s, "comment", "reads as opinion"

    def judged(self) -> Iterator[tuple[Sentence, dict[str, float]]]:
        """Statements that stand in narration for the greater part, with their signs."""
        norm, words = self.reading.tokens.norm, spoken(self.reading)
        judged = of_reading(self.reading)
        opinion, bias = judged["opinion"], judged["bias"]
        logits = {i: _logit(p) for i, p in opinion.items()}
        total, count = sum(logits.values()), len(logits)
        first = min((s.paragraph for s in self.story), default=0)
        for s in self.story:
            k = s.index
            if k not in logits:
                continue
            said = self.text[s.start : s.end]
            if said.startswith(_MARKS) or said.rstrip(")”\"’' ").endswith("?") or self._is_link(s, said):
                continue
            if _is_time(said) or _OPEN_QUESTION.match(said):
                continue
            flags = _charges_of(self.charges[k]) if k in self.charges else []
            if k in self.hedged:
                flags.append("hedged")
            if k in self.vouched:
                flags.append("vouched")
            if k in self.cued:
                flags.append("cued")
            if self.own[k] < 0.85:
                flags.append("mixed")
            if k in self.last:
                flags.append("closing")
            if s.paragraph <= first + 1:
                flags.append("opening")
            if k and self.own[k - 1] < 0.5:
                flags.append("after a source")
            if s.paragraph in self.alone:
                flags.append("alone")
            if self.turned(s, said):
                flags.append("turn of phrase")
            place = Place(logits[k], (total - logits[k]) / max(1, count - 1), _logit(bias[k]), frozenset(flags))
            yield s, signs(norm[s.first : s.last], words[k], place)

    def own_part(self, s: Sentence) -> tuple[int, int]:
        """The sentence, or its longest stretch of narration where a source has part of it."""
        if self.own[s.index] >= 0.85:
            return s.start, s.end
        best = (s.start, s.start)
        for v in self.reading.voices:
            a, b = max(v.start, s.start), min(v.end, s.end)
            if v.voice == "narration" and b - a > best[1] - best[0]:
                best = a, b
        text = self.text
        a, b = best
        while a < b and not text[a].isalnum():
            a += 1
        while a < b and text[b - 1].isspace():
            b -= 1
        return a, b

    def _apart(self, s: Sentence, end: int) -> bool:
        """Whether what follows the turn of phrase is not handed to a source ("In reality, she said, …")."""
        return all(v.voice != "direct" for v in self.reading.voices if s.start <= v.start < s.end) and not any(
            end <= cue.start < end + 40 and cue.content for cue in self.reading.cues
        )

    def headline(self, s: Sentence) -> Iterator[Evidence]:
        """The reader spoken to in a headline."""
        if self.live or is_opinion_piece(self.reading):
            return
        m = _HEAD_ADDRESS.search(self.text, s.start, s.end)
        if m is not None and all(self.reading.voice_at(k).voice == "narration" for k in (m.start(), m.end() - 1)):
            yield mark(self.reading, m.start(), m.end(), DEVICE, "address", "aside:address in a headline")

    def parts(self, s: Sentence) -> Iterator[Evidence]:
        """Asides within a sentence: remarks on a name, and parentheses that comment."""
        reading, text = self.reading, self.text
        if (
            s.index in self.commented
            and s.index in self.cued
            and self.own[s.index] >= 0.3
            and not self._is_link(s, text[s.start : s.end])
        ):
            m = _COMMENT.search(text, s.start, s.end)
            if m is not None and reading.voice_at(m.start()).voice == "narration" and self._apart(s, m.end()):
                yield mark(reading, s.start, s.end, DEVICE, "comment", "aside:turn of phrase")
                return
        for rule, pattern, within in self.clauses:
            m = pattern.search(text, s.start, s.end) if s.index in within else None
            if m is not None and all(reading.voice_at(k).voice == "narration" for k in (m.start("body"), m.end() - 1)):
                yield mark(reading, m.start("body"), m.end(), DEVICE, "comment", f"aside:{rule}")
                break
        for pattern, within in ((_CALLED, self.called), (_LIKES, self.liked)):
            if s.index not in within:
                continue
            for m in pattern.finditer(text, s.start, s.end):
                if reading.voice_at(m.start()).voice == "narration":
                    yield mark(reading, m.start(), m.end(), DEVICE, "label_comment", "aside:remark on a name", "-")
        for m in _PARENTHESIS.finditer(text, s.start, s.end):
            body = m.group("body") or m.group("dash")
            if reading.voice_at(m.start() + 1).voice != "narration":
                continue
            inserted = _INSERTED.match(body) if m.group("body") else None
            if inserted is not None and not _CREDIT.search(body):
                kind = "comment" if inserted.group("turn") else "gloss"
                yield mark(reading, m.start(), m.end(), DEVICE, kind, "aside:inserted clause")
            elif m.group("body") and len(body.split()) > 4 and _POINTS.search(body) and not _CREDIT.search(body):
                yield mark(reading, m.start(), m.end(), DEVICE, "gloss", "aside:parenthesis")
            elif (s.index in self.commented and _COMMENT.search(body)) or (m.group("body") and _OPENER.match(body)):
                yield mark(reading, m.start(), m.end(), DEVICE, "comment", "aside:parenthesis")


def _posts(text: str, sentences: list[Sentence], firsts: dict[int, Sentence]) -> set[int]:
    """Paragraphs that are somebody's post: those with an account's signature, and the one above a signature alone."""
    out: set[int] = set()
    if "(@" not in text and "twitter.com" not in text:
        return out
    for s in sentences:
        said = text[s.start : s.end]
        if "(@" in said or "twitter.com" in said:
            out.add(s.paragraph)
            if firsts[s.paragraph] is s and said.startswith(("—", "–", "-", "@")):
                out.add(s.paragraph - 1)
    return out


def _is_junk(head: str) -> bool:
    """Whether a sentence that begins with ``head`` is end matter."""
    if not head[:1].isalnum():
        head = head[_BULLETS.match(head).end() :]  # type: ignore[union-attr]
    return _JUNK.match(head) is not None


def _is_time(said: str) -> bool:
    """Whether a sentence begins with a time of day, as on live pages."""
    return not said[:1].isalpha() and _TIME.match(said) is not None


def _charges_of(charges: list[str]) -> list[str]:
    """Signs that the list entries of a sentence give."""
    out = []
    if "loaded" in charges:
        out.append("loaded")
        if charges.count("loaded") > 1:
            out.append("twice loaded")
    if "certainty" in charges:
        out.append("certainty")
    if "importance" in charges:
        out.append("importance")
    if "degree" in charges or "manner" in charges:
        out.append("degree booster")
    if "universal" in charges or "superlative" in charges:
        out.append("universal")
    return out


def _logit(p: float) -> float:
    p = min(max(p, 1e-4), 1 - 1e-4)
    return math.log(p / (1 - p))
