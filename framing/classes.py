"""Closed word classes that guards, voices and detectors share. All sets hold folded forms."""

from __future__ import annotations

__all__ = [
    "BE", "DETERMINERS", "DO", "HAVE", "MODALS", "MONTHS", "NEGATIONS", "NUMBERS", "ORGANISATIONS", "PERSONS",
    "POSSESSIVES", "PREPOSITIONS", "PRONOUNS", "QUOTES", "SUBJECT_PRONOUNS", "WEEKDAYS",
]  # fmt: skip


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


QUOTES = frozenset("\"“”«»„‟'‘’‹›`")
MONTHS = _set(
    "january february march april may june july august september october november december "
    "jan feb mar apr jun jul aug sep sept oct nov dec"
)
WEEKDAYS = _set("monday tuesday wednesday thursday friday saturday sunday")
NUMBERS = _set(
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred hundreds thousand thousands "
    "million millions billion billions trillion trillions dozen dozens half quarter quarters third thirds twice "
    "double triple midnight noon zero"
)
DETERMINERS = _set(
    "the a an this that these those each every some any no another either neither both all such what which whose "
    "my your his her its our their 's many much few several"
)
POSSESSIVES = _set("my your his her its our their whose 's ' ’")
SUBJECT_PRONOUNS = _set("i you he she it we they who")
PRONOUNS = SUBJECT_PRONOUNS | _set(
    "me him her us them whom this that these those someone somebody everyone everybody anyone anybody no-one nobody "
    "myself yourself himself herself itself ourselves themselves"
)
BE = _set(
    "be am is are was were been being 're 'm isn't aren't wasn't weren't it's he's she's they're we're you're i'm"
)
HAVE = _set("have has had having 've haven't hasn't hadn't")
DO = _set("do does did doing done don't doesn't didn't")
MODALS = _set(
    "can could may might shall should will would must ought cannot can't couldn't won't wouldn't shouldn't mustn't "
    "mightn't needn't 'll 'd"
)
NEGATIONS = _set(
    "not no never none nor neither cannot without hardly n't don't doesn't didn't isn't aren't wasn't weren't can't "
    "couldn't won't wouldn't shouldn't hasn't haven't hadn't mustn't ain't nobody nothing"
)
PREPOSITIONS = _set(
    "about above across after against along amid among around as at before behind below beneath beside besides "
    "between beyond by concerning despite down during except for from in inside into like near of off on onto out "
    "outside over past per regarding since through throughout till to toward towards under underneath until unto up "
    "upon via with within without"
)
PERSONS = _set(
    "president premier minister ministers prime chancellor king queen prince princess monarch emperor pope bishop archbishop "
    "cardinal imam rabbi priest pastor reverend senator senators congressman congresswoman congressmen representative "
    "representatives lawmaker lawmakers legislator legislators mp mps governor governors mayor mayors councillor councilor "
    "councillors councilman councilwoman alderman secretary secretaries ambassador ambassadors diplomat diplomats envoy "
    "envoys consul official officials spokesman spokeswoman spokesperson spokespeople spokesmen aide aides adviser advisers "
    "advisor advisors strategist strategists chief chiefs leader leaders chairman chairwoman chair chairperson director "
    "directors executive executives ceo founder founders owner owners manager managers boss bosses head heads commissioner "
    "commissioners officer officers general generals colonel commander commanders captain lieutenant sergeant major admiral "
    "soldier soldiers sheriff detective detectives constable inspector superintendent prosecutor prosecutors attorney "
    "attorneys lawyer lawyers solicitor barrister judge judges justice justices magistrate juror jurors defendant "
    "defendants plaintiff plaintiffs suspect suspects victim victims witness witnesses analyst analysts economist "
    "economists expert experts scientist scientists researcher researchers professor professors doctor doctors nurse "
    "nurses physician physicians surgeon epidemiologist virologist teacher teachers student students principal author "
    "authors writer writers journalist journalists reporter reporters editor editors columnist columnists commentator "
    "commentators critic critics supporter supporters opponent opponents activist activists campaigner campaigners "
    "advocate advocates protester protesters demonstrator demonstrators organiser organisers organizer organizers member "
    "members candidate candidates nominee nominees politician politicians democrat democrats republican republicans "
    "conservative conservatives liberal liberals socialist socialists resident residents neighbour neighbours neighbor "
    "neighbors father mother parent parents son daughter brother sister wife husband widow widower spouse gentleman gentlemen lady ladies friend friends relative "
    "relatives man men woman women people person boy girl worker workers farmer farmers driver drivers player players "
    "coach coaches captain captains passenger passengers migrant migrants refugee refugees voter voters veteran veterans "
    "counterpart counterparts negotiator negotiators mediator whistleblower whistleblowers insider insiders source sources "
    "investor investors trader traders banker bankers pundit pundits observer observers historian historians scholar "
    "scholars pollster pollsters host hosts presenter actor actress singer musician artist director producer dr mr mrs ms "
    "sir lord lady baroness baron dame sen rep gov gen col lt sgt prof rev vice deputy"
)
ORGANISATIONS = _set(
    "government administration ministry department agency office bureau council committee commission parliament congress "
    "senate house court court's police army military navy union unions party parties company firm corporation bank group "
    "groups organisation organization association federation foundation institute university college school hospital "
    "charity coalition alliance nato un eu fbi cia nsa doj ice dhs gop dnc rnc white kremlin pentagon authority "
    "authorities regime junta team campaign board panel watchdog regulator union newspaper magazine network agency "
    "prosecution defence defense opposition cabinet embassy taskforce service forces trust federation movement union "
    "ngo who imf cdc fda epa irs nhs bbc cnn reuters"
)
