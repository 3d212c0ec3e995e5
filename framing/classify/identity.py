"""Who a sentence is about must not decide what a classifier says of it.

Labelled news teaches a classifier that sentences about some people are biased more often than sentences about
others. The terms here (countries and their people, parties, political sides, religions, peoples, politicians) are
therefore one and the same unit to it, in training and in use, and so are "he" and "she". Words that are mostly
something else (left, right, turkey, may, white, black) are not in the list. ``framing evaluate fairness`` measures
what is left.
"""

from __future__ import annotations

from framing.voice.names import EITHER, FEMALE, MALE

__all__ = ["IDENTITY", "PRONOUNS", "SOMEBODY"]

SOMEBODY = "<who>"
# "her" is "him" and "his", so these three are one.
PRONOUNS = {"she": "he", "her": "his", "him": "his", "hers": "his", "herself": "himself"}

_COUNTRIES = """
afghanistan afghan afghans albania albanian albanians algeria algerian algerians america american americans angola
angolan angolans argentina argentine argentines argentinian armenia armenian armenians australia australian
australians austria austrian austrians azerbaijan azerbaijani azerbaijanis bahrain bahraini bahrainis bangladesh
bangladeshi bangladeshis belarus belarusian belarusians belgium belgian belgians bolivia bolivian bolivians bosnia
bosnian bosnians botswana brazil brazilian brazilians britain british britons briton bulgaria bulgarian bulgarians
burma burmese burundi cambodia cambodian cambodians cameroon cameroonian canada canadian canadians chad chadian chile
chilean chileans china chinese colombia colombian colombians congo congolese croatia croatian croatians croat croats
cuba cuban cubans cyprus cypriot cypriots czechia czech czechs danish dane danes denmark dutch ecuador ecuadorian
ecuadorians egypt egyptian egyptians england english eritrea eritrean eritreans estonia estonian estonians ethiopia
ethiopian ethiopians europe european europeans finland finnish finn finns france french frenchman gaza gazan gazans
georgian georgians germany german germans ghana ghanaian ghanaians greece greek greeks guatemala guatemalan
guatemalans guinea haiti haitian haitians holland honduras honduran hondurans hungary hungarian hungarians iceland
icelandic india indian indians indonesia indonesian indonesians iran iranian iranians iraq iraqi iraqis ireland irish
israel israeli israelis italy italian italians jamaica jamaican jamaicans japan japanese jordanian jordanians
kazakhstan kazakh kazakhs kenya kenyan kenyans korea korean koreans kosovo kosovar kuwait kuwaiti kuwaitis kyrgyzstan
kyrgyz laos latvia latvian latvians lebanon lebanese liberia liberian liberians libya libyan libyans lithuania
lithuanian lithuanians luxembourg macedonia macedonian macedonians malawi malaysia malaysian malaysians mali malian
malians malta maltese mexico mexican mexicans moldova moldovan moldovans mongolia mongolian mongolians montenegro
montenegrin morocco moroccan moroccans mozambique myanmar namibia nepal nepalese nepali netherlands nicaragua
nicaraguan nicaraguans niger nigeria nigerian nigerians norway norwegian norwegians oman omani pakistan pakistani
pakistanis palestine palestinian palestinians panama panamanian panamanians paraguay peru peruvian peruvians
philippines philippine filipino filipinos poland portugal portuguese qatar qatari qataris romania romanian romanians
russia russian russians rwanda rwandan rwandans saudi saudis scotland scottish scots senegal senegalese serbia serbian
serbians serb serbs singapore singaporean slovakia slovak slovaks slovenia slovenian slovenians somalia somali somalis
spain spanish spaniard spaniards sudan sudanese sweden swedish swede swedes switzerland swiss syria syrian syrians
taiwan taiwanese tajikistan tajik tanzania tanzanian thailand thai thais tibet tibetan tibetans tunisia tunisian
tunisians turkish turk turks uganda ugandan ugandans ukraine ukrainian ukrainians uruguay uzbekistan uzbek uzbeks
venezuela venezuelan venezuelans vietnam vietnamese wales welsh yemen yemeni yemenis zambia zambian zimbabwe
zimbabwean zimbabweans
"""
_SIDES = """
democrat democrats democratic republican republicans gop labour labor conservative conservatives tory tories green
greens socialist socialists socialism libertarian libertarians liberal liberals progressive progressives centrist
centrists nationalist nationalists communist communists leftist leftists rightist rightists left-wing right-wing
leftwing rightwing populist populists
"""
_RELIGIONS = """
christian christians christianity muslim muslims islam islamic jew jews jewish judaism hindu hindus hinduism buddhist
buddhists buddhism sikh sikhs catholic catholics protestant protestants evangelical evangelicals mormon mormons
orthodox atheist atheists sunni sunnis shia shiite shiites
"""
_PEOPLES = """
african africans asian asians arab arabs hispanic hispanics latino latinos latina latinas latinx caucasian caucasians
kurd kurds kurdish roma uighur uighurs uyghur uyghurs rohingya tamil tamils persian persians slavic aboriginal
indigenous gay gays lesbian lesbians bisexual transgender lgbt lgbtq lgbtq+ heterosexual straight
"""
_POLITICIANS = """
biden trump obama clinton clintons bush sanders warren harris pence pelosi mcconnell schumer romney mccain reagan
nixon kennedy kerry gore cheney rumsfeld ryan boehner cruz rubio desantis haley buttigieg bloomberg booker klobuchar
omar tlaib ocasio-cortez gaetz greene manchin sinema murkowski graham mccarthy scalise jordan schiff nunes barr mueller
comey sessions kavanaugh gorsuch barrett sotomayor alito bannon giuliani kushner ivanka melania conway pompeo bolton
tillerson mattis fauci newsom cuomo abbott abrams bernie hillary blair brown cameron corbyn johnson starmer sunak truss
thatcher farage sturgeon miliband osborne macron sarkozy hollande melenchon merkel scholz merz schroder putin medvedev
yeltsin lavrov navalny zelensky zelenskyy poroshenko yanukovych lukashenko orban kaczynski tusk duda meloni berlusconi
salvini draghi renzi sanchez rajoy trudeau harper erdogan netanyahu sharon abbas arafat gantz lapid assad khamenei
rouhani ahmadinejad raisi modi gandhi vajpayee imran bhutto sharif xi jinping hu abe kishida moon lula bolsonaro
rousseff maduro chavez castro morales obrador milei morsi sisi gaddafi mugabe mandela zuma ramaphosa buhari kagame
duterte marcos widodo morrison turnbull abbott ardern kim jong-un
"""
# Surnames and given names that are ordinary words more often than they are people.
_WORDS = {"brown", "ryan", "jordan", "moon", "straight", "orthodox", "sessions", "sharon", "greene", "barrett"}
_ORDINARY = frozenset(
    """
    al alec amber angel april ash august austin bill bo brad bob cam carol celeste chad charlotte chase chip
    christian chuck clay cliff constance crystal daisy dale dawn dean don dominic drew duncan earl ed eve faith
    florence frances frank gene georgia ginger glenn grace graham grant guy harry hazel heather holly hope huma
    hunter iris ivy jack jan jade jay jean jo joy june kit lance lee ling lou mack major marina mark marshall max
    may mercedes mike miles min mitch nick nova olive otto pat patty paris pearl peg penny pierce pratt pride ray
    recep reed reid rex rich rob robin rod rose roy ruby russ rusty sally sandy sidney sky sofia sonny spencer stan
    sterling stone sue sunny ted tiffany tobias tony trey trinity tyler van victor victoria viola violet virginia
    wade walker wallace warren wayne wesley whitney will winston wren yan ying
    """.split()
)
IDENTITY = (
    frozenset(" ".join((_COUNTRIES, _SIDES, _RELIGIONS, _PEOPLES, _POLITICIANS)).split())
    | (MALE | FEMALE | EITHER) - _ORDINARY  # a name says where somebody's family comes from
) - _WORDS
