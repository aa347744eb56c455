"""The English words that decide whether a text has a phrase, and which."""

DROPPED = frozenset("a an the this these our your you there is are was were been please".split())
ARTICLES = frozenset("a an the this these that our your".split())
DETERMINERS = ARTICLES | frozenset("those no any each every another some".split())
PRONOUNS = frozenset("i it its he she they we what how".split())
BE = frozenset("is are was were be been being".split())
MODALS = frozenset("must should shall can may might could will would only expected".split())
REQUIREMENT = frozenset("must should shall only".split())
CONJUNCTIONS = frozenset("and but nor or so".split())
CAUSES = frozenset("although as because if since though unless until when while".split())
"""They begin a clause that a long sentence can do without; "that" and "which" do not."""

SUBORDINATING = CAUSES | frozenset("that whenever where whereas whether which who".split())
PREPOSITIONS = frozenset("""
    about above across after against along among around at before behind below beneath beside
    between beyond by down due during for from in inside into like near of off on onto out outside
    over past per through till to toward towards under up upon via with within without
    """.split())
FOREIGN_PREPOSITIONS = frozenset("""
    auf aus avec bei beim con dans de del du en fur nach para pour sobre sur vom von zu zum zur
    """.split())
"""German, French and Spanish ones, which need what follows them as the English ones do."""

PLACES = frozenset("at in of on within".split())
PARTICLES = frozenset("about around down in off on out over past through up".split())
"""Prepositions that may end a sentence, because they belong to its verb: sold out, logged in."""

ADVERBS = frozenset("down off out up".split())
"""Particles that belong to the verb even before a noun: ``timed out %s``, not ``found in %s``."""

ADJECTIVES = frozenset("""
    all bad both conflicting current duplicate duplicated either empty enough existing few illegal
    incorrect insufficient invalid malformed many matching missing much neither new same some such
    unexpected unknown unrecognized unsupported wrong
    """.split())
PARTICIPLES = frozenset("found given held kept paid sent set shut sold taken".split())
"""Those that do not end in -ed."""

KINDS = frozenset("""
    argument attribute column field header key option parameter parameters property service value
    values
    """.split())
"""Nouns after the name of a thing; they are clear without the name."""

NEEDS_OBJECT = frozenset("""
    contain contains equal equals exceed exceeds expect expects got has have include includes match
    matches need needs not receive received require requires support supports than
    """.split())
NEEDS_PREPOSITION = frozenset("""
    begin begins belong belongs consist consists depend depends end ends start starts
    """.split())
"""Verbs that say something else without what follows their preposition: cannot start with %s."""

BOUNDS = frozenset("above after before below beyond over past under with without".split())
"""What they limit is essential if something else is possible: cannot be scaled below %s."""

NEEDS_VERB = frozenset("able allowed attempting failed trying unable".split())
QUANTITIES = frozenset("least most than".split())
LIMITS = frozenset("maximum minimum".split())
NAMED = frozenset("called named".split())
OF_SEVERAL = frozenset("any both either each member none one some".split())
"""Words that mean nothing without what follows "of"."""
PREDICATES = frozenset("""
    already cannot could did do does exceed exceeded exceeds failed fails had has have incorrect
    invalid is are was were missing mismatch must no not unable unavailable
    """.split())
FUNCTION_WORDS = (
    BE
    | MODALS
    | CONJUNCTIONS
    | SUBORDINATING
    | PREPOSITIONS
    | DETERMINERS
    | PREDICATES
    | NEEDS_OBJECT
)
"""Words that are not nouns."""

NEVER_LAST = FUNCTION_WORDS - PARTICLES - NEEDS_OBJECT - PREDICATES | frozenset(
    "cannot could did do does had has have must no not than".split()
)

ERROR = frozenset("error errors exception".split())
OCCURRED = frozenset("occurred occurs occured happened".split())
DURING = frozenset("during in on when while".split())
DONE = frozenset("error exception failed failure timeout".split())
"""``Set password failed`` reports what happened to an action."""

STATES = DONE | frozenset("""
    denied exceeded exhausted exists expired invalid missing required revoked unavailable
    """.split())
"""``Refresh token expired`` reports a state, although "refresh" is a verb, too."""

CONDITIONS = frozenset("if unless until when while".split())
GENERAL_ACTIONS = frozenset(
    "action call command execution job operation query request task".split()
)
INSTRUCTIONS = frozenset("""
    add apply ask avoid check choose click configure confirm consider consult correct create delete
    disable enable ensure enter increase look make modify perform please provide reduce refer
    remove replace resend restart retry see select send set specify submit supply switch try
    upgrade use verify
    """.split())
ALSO_NOUNS = frozenset("""
    buy change complete contact fix log move note open order purchase refresh register report reset
    review run sign start stop view visit wait
    """.split())
"""They begin an instruction only in a sentence without a finite verb: ``log is full`` has one."""

LINKS = frozenset("whether that if sure".split())
FINITE = BE | frozenset("cannot does has have must not should".split())
VERBS = FINITE | NEEDS_OBJECT | frozenset("could do exceed exceeded failed fails".split())
