"""Naming: each rule by itself, and that names are identifiers, unique and lasting."""

import keyword
from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

import locks
from errbook.analyzer.placeholders import parse_message
from errbook.diagnostics import Failure, Location
from errbook.model import Catalogue, Error, Occurrence
from errbook.naming import Names, TakenName, assign, words
from errbook.project.lock import LockEntry, TwoLines


@pytest.mark.parametrize(
    ("code", "member"),
    [
        ("VPN.0001", "VPN_0001"),
        ("NoSuchKey", "NO_SUCH_KEY"),
        ("ContentSHA256Mismatch", "CONTENT_SHA256_MISMATCH"),
        ("CCI.01.400101", "CCI_01_400101"),
        ("0171", "E_0171"),
        ("XMLParseError", "XML_PARSE_ERROR"),
        ("-32601", "E_32601"),
        ("Bad Request", "BAD_REQUEST"),
        ("UngültigerParameter", "UNGULTIGER_PARAMETER"),
        ("Unwrap\u0065\u0301d.1", "UNWRAPED_1"),
        ("İstanbul", "ISTANBUL"),
        ("ОшибкаX2", "X2"),
        ("错误", ""),
    ],
)
def test_member(code: str, member: str) -> None:
    """The name of an enum member depends on the code alone."""
    assert words.member_from_code(code) == member


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("NoSuchKey", "NoSuchKeyError"),
        ("KMS.DisabledException", "KMSDisabledError"),
        ("INVALID_PARAMETER", "InvalidParameterError"),
        ("Request-URI Too Large", "RequestURITooLargeError"),
        ("InternalError", "InternalError"),
        ("badRequest", "BadRequestError"),
        ("UngültigerParameter", "UngultigerParameterError"),
        ("RequêteInvalide", "RequeteInvalideError"),
        ("ﬁle", "FileError"),
        ("Error", None),
        ("VPN.0001", None),
        ("VPN", None),
        ("0171", None),
        ("E_NO_2", None),
    ],
)
def test_class_from_code_words(code: str, name: str | None) -> None:
    """A code that consists of words names its class."""
    assert words.class_from_code_words(code) == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("invalid request:xxx", "InvalidRequestError"),
        ("server error: xxx", "ServerError"),
        ("EIP %s not found", "EIPNotFoundError"),
        ("EIP %1$s not found", "EIPNotFoundError"),
        ("<b>Operation</b> denied<br/>", "OperationDeniedError"),
        ("Link %s has been used.", "LinkUsedError"),
        ("The routers have been deleted", "RoutersDeletedError"),
        ("resource not found", "ResourceNotFoundError"),
        ("Failed to connect to %s.", "FailedToConnectError"),
        ("IP address %s is occupied", "IPAddressOccupiedError"),
        ("Policy doesn't allow %s", "PolicyDoesntAllowError"),
        ("Invalid IP format, %s", "InvalidIPFormatError"),
        (
            "The system is busy, please try again later",
            None,
        ),  # more than one word after the comma
        ("Create server error, request is null.", None),
        ("Not found", "NotFoundError"),
        ("The app quota has been used up.", "AppQuotaUsedUpError"),
        ("Request timed out", "RequestTimedOutError"),
        ("The address has already been used.", "AddressAlreadyUsedError"),
        ("Preconditions have not been met", "PreconditionsNotMetError"),
        ("This queue does not exist.", "QueueDoesNotExistError"),
        ("There is no queue named %s", "NoQueueNamedError"),
        ("You cannot share your image", "CannotShareImageError"),
        ("An internal error occurred.", "InternalError"),
        ("A network exception occurs", "NetworkError"),
        ("Client exception!", "ClientError"),
        ("The key occurred an error", "KeyError"),
        ("Failed to submit the job. Cause: %s.", "FailedToSubmitJobError"),
        ("Fail to create order, reason: %s", "FailToCreateOrderError"),
        ("Insufficient quota. Contact customer service.", "InsufficientQuotaError"),
        ("Query busy. Please try again later.", "QueryBusyError"),
        ("Operation failed. The disk is in use.", None),  # the second sentence has the reason
        ("An error occurred", None),
        ("Enter a name", None),  # an instruction
        ("Please log in", None),
        ("Try again", None),
        ("Operation failed. Set is empty", None),  # not advice
        ("The image is a public image", None),  # meaningless without its verb
        ("The user is not logged in.", "UserNotLoggedInError"),
        ("Failed to start due to %s", "FailedToStartError"),
        ("The following protocol is supported: {xxx}", None),
        ("A/B test failed", "ABTestFailedError"),
        ("Wrong I/O mode", "WrongIOModeError"),
        ("ESME_RINVMSGLEN", "EsmeRinvmsglenError"),
        ("EAGAIN/EWOULDBLOCK", "EagainEwouldblockError"),
        ("OUT OF MEMORY: %s", "OutOfMemoryError"),
        ("SHA256_MISMATCH", "Sha256MismatchError"),
        ("The EIP is NULL", "EIPNULLError"),
        ("EAGAIN", None),
        ("Gone", None),  # one word
        ("Quota of the given kind of disk exceeded for now", None),  # six words
        ("Parameter error of disk", None),  # "error" in the middle
        ("2 disks missing", None),  # does not begin with a letter
        ("Fehler bei Größe", None),  # not ASCII
        ("%s", None),
        ("First line\nsecond line", None),
        (
            "Authenticationfailed because ofsomethingextraordinarily long",
            None,
        ),  # too long
    ],
)
def test_class_from_message(text: str, name: str | None) -> None:
    """A message that is a short phrase names the class."""
    assert words.class_from_message(parse_message(text)) == name


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("VPN.0014", "VPN0014Error"),
        ("CCI.01.400101", "CCI01_400101Error"),
        ("404", "E404Error"),
        ("DBS.ABC.1", "DBS_ABC1Error"),
        ("apigw.0101", "Apigw0101Error"),
        ("ÉTAT.5", "ETAT5Error"),
        ("错误", None),
    ],
)
def test_class_from_code_parts(code: str, name: str | None) -> None:
    """A code without words names its class by its parts."""
    assert words.class_from_code_parts(code) == name


def test_last_resorts() -> None:
    """The last resort is a name that no other code can have."""
    assert words.escaped_class("NotImplemented") == "NotImplementedCodeError"
    assert words.escaped_member("Bad Request") == "E_Bad_x20_Request"
    assert words.escaped_member("BadRequest") == "E_BadRequest"


def _named(
    errors: Mapping[str, str | None],
    locked: Mapping[str, LockEntry] | None = None,
    curated: Mapping[str, str] | None = None,
    *,
    prune: bool = False,
    service: str = "demo",
) -> Names:
    """Return the names for *errors*, code -> message."""
    catalogue = Catalogue(
        service=service,
        title="Demo",
        docs_url=None,
        documents=("demo.rst",),
        envelope=None,
        errors=tuple(Error(code=c, occurrences=(_occurrence(t),)) for c, t in errors.items()),
    )
    return assign(catalogue, curated=curated or {}, locked=locked or {}, prune=prune)


def _occurrence(text: str | None) -> Occurrence:
    return Occurrence(
        http_status=(400,),
        module=None,
        name=None,
        message=parse_message(text) if text else None,
        description=None,
        handling=None,
        retrying=None,
        extra={},
        section=None,
        success=False,
        withdrawn=False,
        location=Location(path="demo.rst", line=1, column=1),
    )


def _classes(names: Names) -> dict[str, str | None]:
    return {code: entry.class_name for code, entry in names.entries.items()}


def test_new_codes_with_the_same_message() -> None:
    """If two new codes have the same message, neither is named after it."""
    names = _named({"A.1": "Router not found", "A.2": "Router not found."})
    assert _classes(names) == {"A.1": "A1Error", "A.2": "A2Error"}


def test_codes_that_differ_in_accents() -> None:
    """Codes that differ only in accents have different names."""
    names = _named({"Gültig": None, "Gultig": None})
    assert _classes(names) == {
        "Gultig": "GultigCodeError",
        "Gültig": "G_xfc_ltigCodeError",
    }
    members = {code: entry.member for code, entry in names.entries.items()}
    assert members == {"Gultig": "E_Gultig", "Gültig": "E_G_xfc_ltig"}


def test_taken_names() -> None:
    """No code gets a name of a family, a builtin, a base or a code in the lock."""
    names = _named(
        {
            "NotFound": None,
            "TimeoutError": None,
            "demo": None,
            "A.1": "Router not found",
        },
        {"A.0": LockEntry(class_name="RouterNotFoundError", member="A_0", http_status=(404,))},
    )
    assert _classes(names) == {
        "A.0": "RouterNotFoundError",
        "A.1": "A1Error",
        "NotFound": "NotFoundCodeError",
        "TimeoutError": "TimeoutErrorError",
        "demo": "DemoCodeError",
    }
    assert names.lost == (TakenName(code="A.1", name="RouterNotFoundError", holder="A.0"),)


def test_curated_name_renames_and_leaves_an_alias() -> None:
    """A configured name replaces a locked name, which is kept as an alias."""
    locked = _named({"A.1": "Router not found"}).entries
    renamed = _named({"A.1": "Router not found"}, locked, {"A.1": "NoRouter"}).entries["A.1"]
    assert (renamed.class_name, renamed.former) == (
        "NoRouterError",
        ("RouterNotFoundError",),
    )


def test_curated_names_of_two_codes() -> None:
    """A reserved name is refused for every code."""
    names = _named({"A.1": None, "A.2": None}, curated={"A.1": "Gone", "A.2": "GoneError"})
    assert [(taken.code, taken.name, taken.holder) for taken in names.refused] == [
        ("A.1", "GoneError", ""),
        ("A.2", "GoneError", ""),
    ]


def test_code_that_is_removed_and_comes_back() -> None:
    """A removed code is retired, then pruned; documented again, it gets its old name."""
    first = _named({"A.1": "Router not found", "A.2": None}).entries
    retired = _named({"A.2": None}, first).entries
    assert retired["A.1"].retired
    pruned = _named({"A.2": None}, retired, prune=True).entries
    assert pruned["A.1"].pruned
    other = _named({"A.2": None, "A.3": "Router not found"}, pruned).entries
    assert other["A.3"].class_name == "A3Error"
    back = _named({"A.1": "Something else", "A.2": None}, other).entries
    assert back["A.1"] == first["A.1"]


_CODES = st.one_of(
    st.text(min_size=1),
    st.text("aAbB01._- é", min_size=1),
    st.sampled_from(
        [
            *"NotImplemented None 1101 IAM.1101 Ecs.0005 ECS.0005 Ecs-0005 KeyTooLong".split(),
            *"KeyTooLongError BadRequest badrequest class ERRORS Demo DemoError Value".split(),
            "Bad Request",
        ]
    ),
)


@given(st.dictionaries(_CODES, st.sampled_from([None, "Not found", "Key too long", "No key"])))
def test_names_are_identifiers_and_unique(errors: dict[str, str | None]) -> None:
    """Whatever the codes are, names of classes and members are identifiers and unique."""
    entries = _named(errors).entries
    classes = [entry.class_name or "" for entry in entries.values()]
    members = [entry.member for entry in entries.values()]
    assert entries.keys() == errors.keys()
    for name in classes + members:
        assert name.isidentifier() and name.isascii() and not keyword.iskeyword(name)
        assert not name.startswith("_")
    assert len({name.lower() for name in classes}) == len(classes)
    assert len(set(members)) == len(members)


@given(st.dictionaries(_CODES, st.none()), st.dictionaries(_CODES, st.none()), st.randoms())
def test_names_last(before: dict[str, None], added: dict[str, None], random: object) -> None:
    """Codes that are added anywhere, in any order, do not rename others."""
    first = _named(before).entries
    codes = list(before | added)
    random.shuffle(codes)  # type: ignore[attr-defined]
    second = _named(dict.fromkeys(codes), first).entries
    assert {code: second[code] for code in first} == first


@given(st.dictionaries(_CODES, st.sampled_from([None, "Router not found"])))
def test_lock_keeps_names(errors: dict[str, str | None]) -> None:
    """Reading a lock gives the entries that were written."""
    tables = {"demo": _named(errors).entries}
    assert locks.tables(locks.text(tables)) == tables


@given(st.dictionaries(_CODES, st.none()), st.dictionaries(_CODES, st.none()))
def test_lock_never_contradicts_itself(before: dict[str, None], added: dict[str, None]) -> None:
    """A lock that errbook wrote has no conflicts, in a second run neither."""
    first = _named(before).entries
    for entries in (first, _named(before | added, first).entries):
        text = locks.text({"demo": entries})
        assert locks.contradictions(text) == []
        assert locks.tables(text) == {"demo": entries}


def test_members_that_are_taken() -> None:
    """A new code gets a different member if its usual one is taken, in whatever form."""
    locked = _named({"-404": None, "0_.": None}).entries
    members = [e.member for e in _named({"404": None, "0": None}, locked).entries.values()]
    members += [e.member for e in _named({"AB": None, "ab": None, "E.AB": None}).entries.values()]
    assert len(set(members)) == 7


def test_lock_of_two_branches() -> None:
    """Two lines of one code with the same names count as one, whatever else is in them."""
    text = '[demo]\n"A" = "AError A 400 was:OldError"\n"A" = "AError A 404 retired"\n'
    text += locks.END
    entry = LockEntry(class_name="AError", member="A", http_status=(400,), former=("OldError",))
    assert locks.tables(text) == {"demo": {"A": entry}}
    assert locks.contradictions(text) == []


@pytest.mark.parametrize(
    ("older", "newer"),
    [
        ("AError A 400", "BError A 400 was:AError"),
        ("AError A 400 was:XError", "BError A 400 was:XError was:AError"),
        ("- A 200", "AError A 400"),
    ],
)
def test_lock_of_a_branch_that_renamed(older: str, newer: str) -> None:
    """If one of two lines of a code lists the other's name as a former one, it is used."""
    for one, other in ((older, newer), (newer, older)):
        text = f'[demo]\n"A" = "{one}"\n"A" = "{other}"\n{locks.END}'
        assert locks.contradictions(text) == []
        assert locks.text(locks.tables(text)).endswith(f'[demo]\n"A" = "{newer}"\n\n{locks.END}')


def test_lock_of_branches_that_renamed_in_opposite_directions() -> None:
    """Two lines that list each other's names as former ones are a conflict."""
    text = '[demo]\n"A" = "AError A 400 was:BError"\n"A" = "BError A 400 was:AError"\n'
    text += locks.END
    (conflict,) = locks.contradictions(text)
    assert isinstance(conflict, TwoLines)


def test_curated_name_error() -> None:
    """A code may be configured to be called Error, and such a lock can be read."""
    entries = _named({"A.1": None}, curated={"A.1": "Error"}).entries
    renamed = _named({"A.1": None}, entries, {"A.1": "NoRouter"}).entries
    assert renamed["A.1"].former == ("Error",)
    for table in (entries, renamed):
        assert locks.tables(locks.text({"d": table})) == {"d": table}


@pytest.mark.parametrize(
    "line",
    [
        '"A" = "AError A 400"',  # outside any service
        '[demo]\n"A" = "class A 400"',
        '[demo]\n"A" = "not-an-id A 400"',
        '[demo]\n"A" = "AError A"',
        "[demo]\n<<<<<<HEAD",
    ],
)
def test_lock_that_errbook_did_not_write(line: str) -> None:
    """A line that errbook did not write is a failure that names its place."""
    with pytest.raises(
        Failure, match=r"errbook\.lock:\d: .*; restore the file from version control"
    ):
        locks.tables(f"{line}\n{locks.END}")


def test_lock_that_was_cut_off() -> None:
    """A lock without its last line is a failure, except for one of an earlier version."""
    text = locks.text({"demo": _named({"A": "Router not found", "B": None}).entries})
    for end in range(len(text) - 1):
        with pytest.raises(Failure, match=r"^errbook\.lock"):
            locks.tables(text[:end])
    lines = text.removesuffix(f"\n{locks.END}").splitlines()[2:]
    earlier = "\n".join(["# The names that errbook handed out. Commit it.", *lines])
    assert locks.tables(earlier) == locks.tables(text)


@pytest.mark.parametrize("name", ["ValueError", "DemoError", "NotFoundError"])
def test_lock_with_a_reserved_name(name: str) -> None:
    """A lock in which a code has the name of a builtin, a base or a family is a failure."""
    entry = LockEntry(class_name=name, member="A", http_status=(400,))
    with pytest.raises(Failure, match=f"{name} of 'A' is reserved by Python or errbook"):
        _named({"A": None}, {"A": entry})


@pytest.mark.parametrize("service", ["lookup", "api", "not_found"])
def test_service_with_a_reserved_name(service: str) -> None:
    """A service whose class would have the name of a builtin, the base or a family is a failure."""
    with pytest.raises(Failure, match="choose another id"):
        _named({"A": None}, service=service)
