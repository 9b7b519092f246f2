"""English verbs that may govern a paper or a tie, and the words beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from citypact.sources.model import Span


@dataclass(frozen=True, slots=True)
class Act:
    """A verb that may govern a paper. sort: `sign`, `state`, `end`; `idle` asserts none."""

    span: Span
    sort: str


_SORTS = {
    "sign": (
        r"(?:co-?|re-?)?sign(?:ed|s|ing)?(?!\s(?:post|language|up\b|(?:the|a|its|their)\s(?:\w+[’']s\s)?(?:guest|golden|visitors)))|singed|ink(?:ed|s|ing)?|"
        r"penn(?:ed|ing)|conclud(?:ed|es?|ing)|"
        r"enter(?:ed|s|ing)?(?:\s(?:officially|formally))?\sinto|formali[sz](?:ed|es?|ing)|"
        r"(?:re-?)?establish(?:ed|es|ing|ment)?|forg(?:ed?|es|ing)|"
        r"form(?:ed|s|ing|ation)|seal(?:ed|s|ing)?|struck|strikes?|execut(?:ed|es|ing)|"
        r"renew(?:ed|s|ing|al)?|cement(?:ed|s|ing)?|"
        r"exchang(?:ed|es|ing)(?=\s(?:an?\s|the\s)?(?:letters?|memorand|MO|signed|notes|documents)|\s(?:in|on)\s)|"
        r"put(?:s|ting)?\spen\sto\spaper|(?:put(?:s|ting)?|affix(?:ed|es|ing)|add(?:ed|ing))\s(?:\w+\s){1,2}(?:signatures?|names?)\s(?:to|on|under)|"
        r"clinch(?:ed|es|ing)|authori[sz](?:ed?|es|ing)|endors(?:ed?|es|ing)|finali[sz](?:ed|es?|ing)|adopt(?:ed|s|ing)?|bec(?:ame|ome|omes|oming)|launch(?:ed|es|"
        r"ing)?|reach(?:ed|es)?|creat(?:ed?|es|ing)|"
        r"set\sup|elevat(?:ed?|es|ing)|upgrad(?:ed?|es|ing)|pair(?:ed|ing)|link(?:ed|ing)|"
        r"initiat(?:ed|es|ing)(?!\sto\b)|tied|ties(?=\s(?:an\s|the\s)?alliance)|formulat(?:ed|es|ing)|"
        r"entered|joined|join|agree[ds]?(?:\s(?:to|on|upon))?|announc(?:ed?|es|ing)|unveil(?:ed|"
        r"s)|reaffirm(?:ed|s|ing)?|"
        r"extend(?:ed|s|ing)?|ratif(?:y|ied|ies|ying)|complet(?:ed|es)|declar(?:ed|es)|"
        r"proclaim(?:ed|s)|officiali[sz]ed|"
        r"named|designated|recogni[sz]ed|made|partner(?:ed|s|ing)|partner(?=\s(?:with|on|to|in)\b)|team(?:ed|s|ing)?\sup|"
        r"twinn(?:ed|ing)|approv(?:ed?|es|ing|al)|began|start(?:ed|s)?|inaugurat(?:ed|es)"
    ),
    "state": (
        r"(?:has|have|had|'s|’s)\sbeen|(?:is|are|was|were)|(?:has|have|had|having)|"
        r"(?:maintain|sustain)(?:ed|s|ing)?|shares?|shared|enjoy(?:ed|s)?|"
        r"dat(?:es?|ed|ing)\s(?:back|from)|go(?:es)?\sback|celebrat(?:ed?|es|ing)|"
        r"commemorat(?:ed?|es|ing)|mark(?:ed|s|ing)?|holds?|held|boasts?"
    ),
    "end": (
        r"lost|lose|(?<!the\s)(?<!an\s)end(?:ed|s|ing)?|terminat(?:ed?|es|ing|ion)|cut(?:s|ting)?|sever(?:ed|s|ing)|"
        r"suspend(?:ed|s|ing)?|withdr[ae]w(?:s|n|al)?|"
        r"cancel(?:s|led|ed|ling)?|dissolv(?:ed?|es)|revok(?:ed?|es|ing)|scrap(?:s|ped)|"
        r"rescind(?:ed|s)?|fr[eo]ez(?:es|ing|e)|froze|frozen|discontinu(?:ed?|es|ing)|annul(?:s|led|ling)?|"
        r"paus(?:ed?|es|ing)|wound\sup|broke\soff|breaks?\soff|drop(?:s|ped)"
    ),
    "idle": (
        r"initiat(?:ed|es)\sto|propos(?:ed?|es|ing|al)|discuss(?:ed|es|ing|ions?)?|explor(?:ed?|es|ing|atory)|"
        r"(?<!been\s)consider(?:ed|s|ing)?|seek(?:s|ing)?|sought|hop(?:ed?|es|ing)|"
        r"invit(?:ed?|es|ing)|request(?:ed|s|ing)?|urg(?:ed?|es|ing)|suggest(?:ed|s|ing)?|"
        r"pursu(?:ed?|es|ing)|wish(?:ed|es)?|wants?|wanted|would|could|"
        r"might|interest(?:ed)?|negotiat(?:ed?|es|ing|ions?)|working|work(?:ed|s)?|look(?:ed|s|"
        r"ing)?|encourag(?:ed?|es|ing)|promot(?:ed?|es|ing)|"
        r"strengthen(?:ed|s|ing)?|deepen(?:ed|s|ing)?|foster(?:ed|s|ing)?|[Uu]nder|[Tt]hrough|"
        r"within|[Ff]ollowing|implement(?:ed|s|ing|ation)?|honou?r(?:ed|s|ing)?|"
        r"visit(?:ed|s|ing)?|host(?:ed|s|ing)?|welcom(?:ed?|es|ing)|underlin(?:ed|es)|"
        r"support(?:ed|s|ing)?|(?<!renew\sand\s)(?<!renewed\sand\s)expand(?:ed|s|ing)?|enhanc(?:ed?|es|ing)|"
        r"build(?:ing)?|buil[td]|according|pursuant|[Bb]ased|thank(?:ed|s)?|said|says|call(?:ed|"
        r"s|ing)?|plan(?:ned|ning)\sof|push(?:ed|es|ing)?\sfor|[Uu]sing|about|regarding|"
        r"whether|if|[Tt]hanks|[Aa]s\spart|[Bb]ecause|provid(?:ed|es|ing)|accept(?:ed|s|ing)|"
        r"receiv(?:ed?|es|ing)|attend(?:ed|s|ing)?|brings?|brought|send|sent"
    ),
}  # fmt: skip
_ACT = re.compile(
    "|".join(rf"(?P<{sort}>\b(?:{words})\b)" for sort, words in _SORTS.items()), re.IGNORECASE
)
FUTURE = re.compile(
    r"(?:\bwill|(?<!proud\s)(?<!pleased\s)(?<!happy\s)(?<!fortunate\s)(?<!honored\s)\bto|\bplans?|\bplanned|\bset|\bexpect\w*|\bscheduled|\bintend\w*|\bshall|"
    r"\bgoing\sto|\bready\sto|\bdue\sto|\bprepar\w+)"
    r"(?:\s(?:also|be|soon|formally|officially|jointly|then|have|on|to|further|now))*\s$",
    re.IGNORECASE,
)
VAGUE = re.compile(
    r"(?:\bwould|\bcould|\bmay|\bmight|\bcan|\bshould|\bhop\w+(?:\sto)?|\bwish\w*\sto|"
    r"\bwant\w*\sto|\binterest\w*\sin|\bseek\w*\sto|\bpropos\w+\sto|"
    r"\bdiscuss\w*|\bif|\bconsider\w*(?:\sto)?|\bpossib\w+|\babout|\btowards?|\bwithout|\binvit\w+\sto|"
    r"\bwhether\sto|\bpossibility\sof|\bpropos\w+\s(?:on|for|of)|\b(?:stage|(?<!in\sthe\s)process|phase)\sof|\bneed\sto|\blike\sto|"
    r"\bdraft|\bexplor\w+|\b(?:focus\w*|cent(?:er|re)d|talks|negotiations)\son|\bway\sto|\baim\w*\s(?:at|to)|\bbefore|"
    r"\bwork(?:s|ed|ing)?\sto|\bview\sto|\burg\w+\s[^,]*to|\bask\w*\sto|\befforts?\sto|\bopportunit\w+\sto)"
    r"(?:\s(?:be|also|formally|officially|ever))*\s$",
    re.IGNORECASE,
)
NOT = re.compile(
    r"\b(?:not|never|no|n[o']t\syet|refus\w+\sto|fail\w*\sto|declin\w+\sto|didn['’]t|"
    r"yet\sto)\s(?:\w+\s){0,2}$",
    re.IGNORECASE,
)
LIGHT_STATE = re.compile(
    r"[\s\"“”‘’']*(?:(?:a|an|the|also|now|considered|regarded\sas|currently|both|official|officially|formal|"
    r"formally|long-?time|long-?standing|first|only|oldest|"
    r"proud|its|their|active|established|existing|strong|one\sof|\d+|two|three|four|five|six|"
    r"seven|eight|nine|ten|eleven|twelve|"
    r"already|in\sa|signed|each\sother['’]s|of|(?:[A-Z][\w.]+\s){0,2}[A-Z][\w]+['’]s?|second|third|fourth|"
    r"fifth|sixth|seventh|eighth|ninth|tenth|newest|latest|main|more\sthan|over|several|many|"
    r"been|international|such)[\s\"“”‘’']+)*"
)
HAVE_LIGHT = re.compile(
    r"\s(?:(?:a|an|the|also|now|currently|had|signed|already|established|entered|into|"
    r"long-?time|long-?standing|official|formal|active|existing|strong|"
    r"sister|such|similar|several|\d+(?:\s(?:foreign|overseas))?|"
    r"(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)(?:\s\(\d+\))?"
    r"(?:\s(?:foreign|overseas))?)\s)*"
)


def acts_in(text: str, span: Span) -> Iterator[Act]:
    """The verbs of a sentence, in its order."""
    for match in _ACT.finditer(text, *span):
        yield Act(match.span(), match.lastgroup or "idle")
