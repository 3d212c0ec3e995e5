"""Titles, first names and places: what tells a person's name from another and a man from a woman."""

from __future__ import annotations

from framing.classes import PERSONS
from framing.voice.words import words

__all__ = ["ABBREVIATED", "EITHER", "FEMALE", "GENDERED", "MALE", "PLACES", "TITLES"]

# Abbreviated titles, with the office they stand for.
ABBREVIATED: dict[str, str] = {
    "sen": "senator", "rep": "representative", "gov": "governor", "gen": "general", "col": "colonel",
    "lt": "lieutenant", "sgt": "sergeant", "capt": "captain", "prof": "professor", "rev": "reverend",
    "dr": "doctor", "mr": "", "mrs": "", "ms": "", "jr": "", "sr": "", "st": "",
    "adm": "admiral", "cmdr": "commander", "maj": "major",
    "hon": "", "sens": "senators", "reps": "representatives", "fr": "priest", "insp": "inspector", "supt": "",
    "det": "",
}  # fmt: skip
TITLES = (
    (PERSONS - words("major head white"))
    | frozenset(ABBREVIATED) - {"jr", "sr", "st"}
    | words(
        "miss sir former the then-president presidential vice deputy acting prime foreign defense defence senior "
        "assistant press first white house gop republican democratic democrat labor treasury speaker elect "
        "state security intelligence commerce energy education interior agriculture transportation affairs homeland "
        "counsel legal comedian rapper novelist poet filmmaker attorney activist pundit journalist columnist host "
        "singer actor actress author writer blogger investor billionaire "
        "vice-president co-chair coach pope king queen father sister brother ex"
    )
)
GENDERED: dict[str, str] = dict.fromkeys(
    words(
        "mr sir lord baron king prince father brother son husband chairman spokesman congressman councilman "
        "businessman actor policeman alderman fireman patriarch grandfather uncle boy man"
    ),
    "m",
) | dict.fromkeys(
    words(
        "mrs ms miss lady baroness dame queen princess mother sister daughter wife widow chairwoman spokeswoman "
        "congresswoman councilwoman businesswoman actress policewoman grandmother aunt girl woman"
    ),
    "f",
)
MALE = words(
    "aaron abdul abdullah abebe abraham adam adel aditya adrian ahmad ahmed akbar akira al alan albert alec alejandro "
    "alex alexander alexei alfred ali allen alvin amir amit anatoly andre andrei andres andrew andy angus anil anthony "
    "antoine antonio arash ari arjun arnold arthur ash ashok ashraf asif august austin barack barney barry ben "
    "benjamin benny bernard bernie bert bilal bill billy bob bobby boris brad bradley brandon brendan brent bret brett "
    "brian bruce bryan byron caleb calvin carl carlos cecil chad charles charlie chidi chinedu chris christian "
    "christopher chuck chukwu clarence clark claude clay clint clinton clive colin connor corey cory craig curtis "
    "cyril damian dan daniel danny darius darnell darrell darren dashawn dave david dean deepak demetrius dennis derek "
    "deshawn devin devonte dewayne diego dimitri dmitri dmitry dominic don donald doug douglas drew duncan dustin "
    "dwight earl ed eddie edgar edmund eduardo edward edwin eli elijah elliott emeka emmanuel enrique eric erik ernest "
    "ethan eugene evan farid felix fernando floyd francis francisco frank franklin fred frederick gabriel gareth gary "
    "gavin gene geoff geoffrey george gerald gerard gilbert giovanni glenn gordon graham grant greg gregory guillermo "
    "gustavo guy hamid hamza harold harry haruto harvey hassan hector henry herbert herman hiroshi howard hugh hugo "
    "hussein ian ibrahim igor imran isaac ismail ivan jack jacob jacques jake jamal james jamie jared jason "
    "javier jay jean jeb jeff jeffrey jeremy jerome jerry jesse jim jimmy joaquin joe joel johann johannes john johnny "
    "jon jonah jonathan jorge jose josef joseph josh joshua juan julian julio justin kareem karim karl keith ken kenji "
    "kenneth kent kevin khalid kim klaus kofi kwame kyle lamar lance larry laurence lawrence lee len leo leon leonard "
    "leroy lewis lindsey lionel lloyd lou louis lucas luis luke luther mahmood mahmoud malcolm malik manoj manuel marc "
    "marcel marco marcus mario mark marshall martin marvin matt matthew maurice max mehmet michael miguel mike mikhail "
    "miles mitch mitchell mitt mohamed mohammad mohammed moses muhammad narendra nate nathan nathaniel naveed neal ned "
    "neil nelson newt nicholas nick nicolas nigel nikhil nikolai noah noel norman oleksandr oliver omar oscar owen "
    "pablo pat patrick paul pavel pedro perry pete peter phil philip philippe phillip pierre pradeep rafael rahul raj "
    "rajesh rakesh ralph ramesh ramon rand randall randy rasheed rashid raul ravi ray raymond recep reggie reid rex "
    "ricardo richard rick ricky rishi rob robert roberto rod rodney roger rohan roland ron ronald ross roy ruben "
    "rudolph rudy russ russell ryan saeed salman salvador sam samir samuel sanjay santiago scott sean sebastian selim "
    "serge sergei sergey sergio seth shane shaun sheldon sherrod shinzo sid siddharth sidney simon stan stanley stefan "
    "stephen steve steven stewart stuart sundar suresh tariq ted terence terrence terry thabo theodore thomas tim "
    "timothy tobias todd tom tomasz tommy tony travis trayvon tremayne trevor troy tyler tyrone usman vernon vicente "
    "victor vijay viktor vince vincent vladimir volodymyr wade wallace walter warren wayne wesley wilbur wilfred will "
    "william winston wolfgang xavier xi yasser yuri yusuf zach zachary"
)
FEMALE = words(
    "aaliyah abigail ada adaeze adele agnes aiko aisha alejandra alexandra alexandria alexis alice alicia alison "
    "allison alyssa amanda amara amber amelia amy ana ananya anastasia andrea angela angelina angie anita anjali ann "
    "anna anne annette annie antonia april ariana arlene ashley audrey ava ayesha barbara beatrice becky belinda "
    "bernadette beth bethany betsy betty beverly bintou bonnie brenda bridget brittany camille candace carla carly "
    "carmen carol carole caroline carolyn carrie cassandra catherine cathy cecilia celeste charlotte chelsea cheryl "
    "chloe christina christine cindy claire clara claudia colleen connie constance courtney crystal cynthia daisy dana "
    "danielle daphne dawn deb debbie deborah debra delia denise diana diane dianne divya dolores donna dora doris "
    "dorothy ebony edith eileen elaine eleanor elena elif elise elizabeth ella ellen eloise elsa emilia emily emma "
    "erica erika erin esperanza esther eva eve evelyn faith farah fatima fernanda fiona florence frances francesca "
    "gabriela gabrielle gail geraldine gertrude gina ginger giorgia gita glenda gloria grace greta gretchen guadalupe "
    "gwen hadiya hannah harriet hazel heather heidi helen helena hilary hillary hiroko hope huma ida ifeoma ilhan "
    "imani imelda ingrid irene irina iris isabel isabella itzel ivanka ivy jacinda jackie jacqueline jamila jan jane "
    "janet janice jasmin jean jeanette jeanne jenna jennifer jenny jess jessica jill jo joan joanna joanne jocelyn "
    "josephine joy joyce juanita judith judy julia juliana julie juliet june kamala karen karin kate katharine "
    "katherine kathleen kathryn kathy katie katrina kavita kayla kayleigh keisha kelly kellyanne khadija kimberly "
    "kirsten kirstjen krista kristen kristin kristina lakisha lakshmi lana latisha latoya laura lauren laurie laxmi "
    "layla leah leila lena lillian lily linda lis lisa liz liza lois loretta lori lorraine louise lucia lucille "
    "lucinda lucy lupita lydia lynn mabel madeleine madeline magda maggie malala malia mandy marcia margaret margarita "
    "maria mariam marian marianne marie marilyn marina marine marisol marjorie marlene marsha martha mary maryam "
    "maureen maxine mazie meera megan meghan megyn mei melania melanie melinda melissa mercedes meredith mia michaela "
    "michele michelle mildred millie miranda miriam molly monica nadia nancy naomi natalia natalie natasha neha ngozi "
    "nicola nicole nikki nina nkechi nora norma oksana olena olga olivia pam pamela patricia patsy patty paula pauline "
    "pearl peggy penelope penny petra phoebe phyllis polly pooja priscilla priti priya rachel ramona rania rashida "
    "rebecca regina renee rhonda rita roberta robin rosa rosalind rose rosemary roxana roxanne ruth sabrina sadia "
    "sakura sally samantha sandra sara sarah sasha savannah selena shanice shaniqua shannon sharon sheila shelley "
    "sherry shirley shreya sofia sonia sonya sophia sophie stacey stacy stella stephanie sue sunita susan susanna "
    "susie suzanne svetlana sylvia tamara tamika tammy tanisha tanya tara tatiana tatyana teresa tessa thelma theresa "
    "tiffany tina toni tracy tulsi ursula valerie vanessa vera veronica vicky victoria viola violet virginia vivian "
    "wanda wendy whitney winifred ximena yasmin yoko yolanda yuki yvette yvonne zainab zanele zephyr zoe"
) - words("april june virginia")
# First names of women and men, or of a language in which the Latin spelling does not tell.
EITHER = words("bao bo chen femi hao hui jing kumar ling marquis min ming noor rosario sione wei xin yan ying zhang")
# Countries with their adjective and seat of government: "Beijing's minister" and "the Chinese minister" are one.
PLACES: dict[str, str] = {
    word: group.split()[0]
    for group in (
        "china chinese beijing", "russia russian moscow kremlin", "america american washington u.s us usa united",
        "britain british uk u.k london", "france french paris", "germany german berlin",
        "ukraine ukrainian kyiv kiev", "japan japanese tokyo", "iran iranian tehran", "india indian delhi",
        "turkey turkish ankara", "israel israeli jerusalem", "italy italian rome", "spain spanish madrid",
        "canada canadian ottawa", "mexico mexican", "australia australian canberra", "poland polish warsaw",
        "greece greek athens", "egypt egyptian cairo", "brazil brazilian brasilia", "korea korean seoul pyongyang",
        "syria syrian damascus", "iraq iraqi baghdad", "afghanistan afghan kabul", "pakistan pakistani islamabad",
        "saudi riyadh", "palestine palestinian gaza", "europe european eu brussels", "africa african", "asia asian",
        "cuba cuban havana", "venezuela venezuelan caracas", "hungary hungarian budapest",
        "sweden swedish stockholm", "norway norwegian oslo", "ireland irish dublin", "scotland scottish edinburgh",
        "england english", "lebanon lebanese beirut", "taiwan taiwanese taipei",
        "philippines philippine filipino manila", "california", "texas", "florida", "york", "ohio", "iowa",
        "arizona", "carolina", "hampshire", "jersey", "nevada", "michigan", "pennsylvania", "wisconsin", "colorado",
        "nebraska", "oklahoma", "alabama", "mississippi", "louisiana", "tennessee", "kentucky", "maryland",
        "massachusetts", "connecticut", "minnesota", "missouri", "oregon", "utah", "idaho", "montana", "dakota",
    )
    for word in group.split()
}  # fmt: skip
