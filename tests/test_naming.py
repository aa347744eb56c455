"""Naming: each rule by itself, and that names are identifiers, unique and lasting."""

import keyword
from collections.abc import Mapping

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import locks
from errbook.analyzer.placeholders import parse_message
from errbook.diagnostics import Failure, Location
from errbook.model import Catalogue, Error, Occurrence, Prose
from errbook.naming import Names, TakenName, assign, words
from errbook.naming.explanation import explained
from errbook.naming.letters import in_ascii
from errbook.naming.phrases import phrase_in
from errbook.naming.sentences import NoPhraseError
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
        ("StraßeUngültig", "StrasseUngultigError"),
        ("ﬁle", "FileError"),
        ("Error", "Error"),
        ("VPN.0001", None),
        ("VPN", None),
        ("CONFLICT", None),
        ("0171", None),
        ("E_NO_2", None),
    ],
)
def test_class_from_code_words(code: str, name: str | None) -> None:
    """A code that consists of words names its class."""
    assert words.are_words(code) == (name is not None)
    assert name is None or f"{words.stem_from_words(code)}Error" == name


@pytest.mark.parametrize(
    ("text", "ascii_text"),
    [
        ("Größe", "Grosse"),
        ("Łódź", "Lodz"),
        ("Ærøskøbing", "AEroskobing"),
        ("cœur naïf", "coeur naif"),
        ("ﬁle №", "file №"),
        ("İı", "Ii"),
        ("错误", "错误"),
    ],
)
def test_letters_in_ascii(text: str, ascii_text: str) -> None:
    """Latin letters become ASCII letters, and everything else stays."""
    assert in_ascii(text) == ascii_text


def _class_from_text(text: str) -> str | None:
    try:
        return f"{phrase_in(text).stem}Error"
    except NoPhraseError:
        return None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        # What is left out.
        ("invalid request:xxx", "InvalidRequestError"),
        ("EIP %s not found", "EIPNotFoundError"),
        ("EIP %1$s not found", "EIPNotFoundError"),
        ("Model ({0}) does not exist.", "ModelDoesNotExistError"),
        ("Subnet [%s] is in use", "SubnetInUseError"),
        ("Invalid type [input type].", "InvalidTypeInputTypeError"),
        ("<b>Operation</b> denied<br/>", "OperationDeniedError"),
        ("The routers have been deleted", "RoutersDeletedError"),
        ("Your account isn't activated", "AccountNotActivatedError"),
        ("Can’t follow the user's friends", "CannotFollowUsersFriendsError"),
        ("Ports cannot be moved at this time.", "PortsCannotBeMovedError"),
        ("Parameter: Invalid action.", "InvalidActionError"),
        ("Companies House: company not found", "CompanyNotFoundError"),
        ("Access violation: the page is protected", "AccessViolationError"),
        ("Log writer: the server is busy", "ServerBusyError"),
        ("Query parameters: state, host", "QueryParametersError"),
        ("Parameter: must not be empty.", "ParameterMustNotBeEmptyError"),
        ("Gateway not paired — pair it first", "GatewayNotPairedError"),
        (
            "The record of the customer was received by us, but an issue was found in the process",
            None,
        ),
        ("Link %s has been used.", "LinkUsedError"),
        ("The address has already been used.", "AddressAlreadyUsedError"),
        ("Preconditions have not been met", "PreconditionsNotMetError"),
        ("The quota (see below) is exceeded", "QuotaExceededError"),
        ("The disk - a copy - is full", "DiskFullError"),
        ("The disk is full - remove files", "DiskFullError"),
        ("This queue does not exist.", "QueueDoesNotExistError"),
        ("There is no queue named %s", "NoQueueError"),
        ("You cannot share your image", "CannotShareImageError"),
        (
            "The request you have made requires authentication.",
            "RequestRequiresAuthenticationError",
        ),
        ("You have unsettled orders", "UnsettledOrdersError"),
        ("You do not have permission to delete it", "NoPermissionToDeleteItError"),
        ("You have exceeded your quota", "ExceededQuotaError"),
        ("You have not verified your e-mail", "NotVerifiedEMailError"),
        ("There is already a user with that name", "UserWithThatNameAlreadyExistsError"),
        # Clauses about "you", and before the statement.
        ("The bucket you tried to delete is not empty", "BucketNotEmptyError"),
        ("The account you are using is suspended", "AccountSuspendedError"),
        ("During migration, no writes are accepted", "NoWritesAcceptedError"),
        ("Due to a change by your administrator", None),
        ("Before deleting the network, delete its subnets", None),
        # A label or a subject before a colon.
        ("INVALID_FIELD: No such column '%s'", "InvalidFieldError"),
        ("Password: must not be empty", "PasswordMustNotBeEmptyError"),
        ("limit: out of range", "LimitOutOfRangeError"),
        # What belongs to a placeholder goes with it.
        (
            "User: {user} is not authorized to perform: {action} on resource: {resource}",
            "UserNotAuthorizedToPerformError",
        ),
        ("A user named %{name} exists", "UserExistsError"),
        ("Expected a string but got {type}", None),
        ("Value {value} is not one of {values}", None),
        # A sentence whose condition is essential is not cut.
        ("You cannot use a live bank account or debit card when making a test transfer", None),
        # States of things whose names begin with a verb, and instructions that look like them.
        ("Refresh token expired", "RefreshTokenExpiredError"),
        ("Upgrade Required", "UpgradeRequiredError"),
        ("Check whether the token is expired", None),
        ("Start the server first", None),
        # Advice and fillers in other languages.
        ("Zu viele Anfragen, bitte versuchen Sie es erneut", "ZuVieleAnfragenError"),
        ("Veuillez réessayer plus tard", None),
        ("Es ist ein Fehler aufgetreten", None),
        ("You do not have enough quota", "NotEnoughQuotaError"),
        ("The user has no right to delete it.", "UserNoRightToDeleteItError"),
        # The first sentence.
        ("Insufficient quota. Contact customer service.", "InsufficientQuotaError"),
        ("Query busy. Please try again later.", "QueryBusyError"),
        ("Access denied. You cannot use this API.", "AccessDeniedError"),
        ("Router not found; choose another one", "RouterNotFoundError"),
        ("Operation failed. The disk is in use.", None),  # the second sentence has the reason
        ("The system is busy, please try again later", "SystemBusyError"),
        ("VPC is not active, please try later.", "VPCNotActiveError"),
        ("The queue is full, try again in a minute", "QueueFullError"),
        ("Operation failed. Set is empty", None),  # not advice
        ("Invalid IP format, %s", "InvalidIPFormatError"),
        # The main clause.
        ("The IP, port and protocol are in use.", "IPPortAndProtocolInUseError"),
        (
            "The image cannot be shared because it is encrypted",
            "ImageCannotBeSharedBecauseItEncryptedError",
        ),
        (
            "The server cannot be used to create any images because it is not in stopped state.",
            "ServerCannotBeUsedToCreateAnyImagesError",
        ),
        ("The vendor has reported that there is a very long list of other problems with it", None),
        # Labels and text after a colon.
        ("Failed to submit the job. Cause: %s.", "FailedToSubmitJobError"),
        ("Fail to create order, reason: %s", "FailToCreateOrderError"),
        ("Role check fail, reason: The account is new.", "RoleCheckFailError"),
        ("Failed to start (ID: %s; name: %s).", "FailedToStartError"),
        ("Internal error: Failed to create the path.", "FailedToCreatePathError"),
        ("Invalid parameter: the name is too long", "InvalidParameterError"),
        ("The ID: %s is in use", "IDInUseError"),
        # Placeholders.
        ("Failed to connect to %s.", "FailedToConnectError"),
        ("Failed to start due to %s", "FailedToStartError"),
        ("Failed to create the agency because {reason}.", "FailedToCreateAgencyError"),
        ("The value of %s is invalid", "ValueInvalidError"),
        ("Duplicate keys %s and %s", "DuplicateKeysError"),
        ("Policy doesn't allow %s", "PolicyDoesNotAllowError"),
        ("The %s parameter is invalid", "ParameterInvalidError"),
        ("IP address %s is occupied", "IPAddressOccupiedError"),
        ("The %s in the request body is invalid.", None),
        ("The specified {0} does not exist.", None),
        ("The current %s is locked", None),
        ("Provided '%s' and 'REMOVE' action cannot be used together.", None),
        ("Either {a} or {b} must be set", None),
        ("Account balance is below %s", None),
        ("Cannot find %s with ID %s.", "CannotFindError"),
        ("The request timed out after %s", "RequestTimedOutError"),
        ("'%s' is not a valid port", "InvalidPortError"),
        ("%s has an invalid mask", "InvalidMaskError"),
        ("Resource 'projects/{id}/zones/{zone}' is not ready", "ResourceNotReadyError"),
        ("Policy <x:x:x> not found", "PolicyNotFoundError"),
        # Numbers.
        ("Certificate expires in {days} days", "CertificateExpiresError"),
        ("Description exceeds %d characters", None),
        ("Name is longer than {max} characters.", None),
        ("You cannot have more than %d tags", None),
        ("At most %d items are allowed", None),
        ("The cluster has a maximum of %d nodes", None),
        ("Version {version} or later is required.", "VersionRequiredError"),
        ("number of retries > max", None),
        ("Key must match ^[a-z]+$", None),
        ("The %s is required in the request body.", None),
        ("%s not found", None),
        ("The status is %s", None),
        ("The instance is in %s state", None),
        ("Only xx is supported currently", None),
        ("The name must begin with %s", None),
        ("No %s found", None),
        ("Invalid %s in the request", None),
        ("The size exceeds %s", None),
        ("%s", None),
        ("tenant %s does not support %s", None),
        ("Invalid value for created_at %s", None),
        ("The valid settings are: %s", None),
        # Names in one word.
        ("TrainingJobNotFound", "TrainingJobNotFoundError"),
        ("offsetOrLimit.illegal", "OffsetOrLimitIllegalError"),
        ("com.example.QuotaExceededException", "QuotaExceededError"),
        ("rejected-forbidden-no-destination", "RejectedForbiddenNoDestinationError"),
        ("unknown-error", "UnknownError"),
        ("ESME_RINVMSGLEN", "EsmeRinvmsglenError"),
        ("EAGAIN/EWOULDBLOCK", "EagainEwouldblockError"),
        ("SHA256_MISMATCH", "Sha256MismatchError"),
        ("EAGAIN", None),
        # Capitals and other letters.
        ("OUT OF MEMORY: %s", "OutOfMemoryError"),
        ("The EIP is NULL", "EIPNULLError"),
        ("A/B test failed", "ABTestFailedError"),
        ("Wrong I/O mode", "WrongIOModeError"),
        ("Fehler bei Größe", "FehlerBeiGrosseError"),
        ("错误 in router", None),
        # "error" at the end.
        ("server error: xxx", "ServerError"),
        ("System error.", "SystemError"),
        ("An internal error occurred.", "InternalError"),
        ("A network exception occurs", "NetworkError"),
        ("Client exception!", "ClientError"),
        ("The key occurred an error", "KeyError"),
        ("An error occurred while creating the job.", "CreatingJobError"),
        ("An exception occurred during task query.", "TaskQueryError"),
        ("An error occurred", None),
        ("An error occurred, preventing the start", None),
        ("No error", None),
        ("Parameter error of disk", None),
        ("Status must be set to done or error", None),
        ("Error - No shape", "NoShapeError"),
        ("ERR no such key", "NoSuchKeyError"),
        # Instructions.
        ("Enter a name", None),
        ("Complete the registration with a certificate", None),
        ("Please log in", None),
        ("Try again", None),
        ("Check whether the key exists", None),
        ("Check the project ID format.", None),
        ("Log in again", None),
        ("To resolve this please contact the end user", None),
        ("The 'To' number is not valid", "ToNumberNotValidError"),
        ("Should you need more disks, open a ticket.", None),
        ("The log is full", "LogFullError"),
        ("Order value exceeded lower limit", "OrderValueExceededLowerLimitError"),
        ("Order the item that has expired", None),
        ("Use of key forbidden", "UseOfKeyForbiddenError"),
        ("Report contains no data", "ReportContainsNoDataError"),
        ("Log type does not exist", "LogTypeDoesNotExistError"),
        ("Set password failed", "SetPasswordFailedError"),
        ("Create server error", "CreateServerError"),
        ("Create server error, request is null.", None),
        # Placeholders without which the text says something else.
        ("Name cannot start with %s", None),
        ("Volume belongs to %s", None),
        ("Feature A cannot be used with %s", None),
        ("Node pool cannot be scaled below %d", None),
        ("Unable to %s volume", None),
        ("Too many %s", None),
        ("Not enough %s", None),
        ("Key not found in %s", "KeyNotFoundError"),
        ("Operation not supported on %s", "OperationNotSupportedError"),
        ("Sale is sold out in %s", "SaleSoldOutError"),
        ("The user is logged out of %s", "UserLoggedOutError"),
        ("Fehler beim Laden von %s", "FehlerBeimLadenError"),
        ("El valor de %s no es válido", "ElValorNoEsValidoError"),
        # Values that look like words, and identifiers.
        ("Only one of 'a' or 'b' may be specified", None),
        ("Operation 'a' is not allowed on 'b'", "OperationNotAllowedError"),
        ("The field `x` is of the wrong type", "FieldOfWrongTypeError"),
        ("Argument 'to' must not be null", "ArgumentToMustNotBeNullError"),
        ("There is no queue named queue1.", "NoQueueError"),
        ("The instance 'i-1234567890abcdef0' does not exist", None),
        ("No checksum like SHA256", "NoChecksumLikeSHA256Error"),
        ("Not allowed when used memory > 'maxmemory'", None),
        # Abbreviations.
        ("U.S. numbers are not supported", "USNumbersNotSupportedError"),
        ("Order cannot be shipped to a P.O. box", "OrderCannotBeShippedToPOBoxError"),
        ("The account is in the U.S. Contact us.", "AccountInUSError"),
        ("Exceeds the max. number of items", "ExceedsMaxNumberOfItemsError"),
        ("The account no. is invalid", "AccountNoInvalidError"),
        # Who speaks.
        ("We could not find your account", "CouldNotFindAccountError"),
        ("Our servers are busy", "ServersBusyError"),
        ("We're sorry, but the file is gone", "FileGoneError"),
        ("Some errors occurred", None),
        # Ends.
        ("The app quota has been used up.", "AppQuotaUsedUpError"),
        ("The end date is in the past", "EndDateInPastError"),
        ("Request timed out", "RequestTimedOutError"),
        ("The user is not logged in.", "UserNotLoggedInError"),
        ("The IDs do not match.", "IDsDoNotMatchError"),
        ("This is not what the key is for", None),
        # What says too little or too much.
        ("resource not found", "ResourceNotFoundError"),
        ("Not found", "NotFoundError"),
        ("Gone", None),
        ("The image is a public image", None),
        ("Type is a mandatory element", "TypeMandatoryError"),
        ("The new flavor is the same as the old one", "NewFlavorSameAsOldOneError"),
        ("Did you mean %s?", None),
        ("Is the server running?", None),
        ("Cannot connect to server ? on ?.", "CannotConnectToServerError"),
        ("The following protocol is supported: {xxx}", None),
        ("The description length must not exceed 160 characters", None),
        ("2 disks missing", None),
        (
            "Quota of the given kind of disk exceeded for now",
            "QuotaOfGivenKindOfDiskExceededForNowError",
        ),
        ("One two three four five six seven eight nine ten eleven", None),
        ("Authenticationfailed becauseofsomething " + "extraordinarily" * 2, None),
        ("First line\nsecond line", None),
    ],
)
def test_class_from_text(text: str, name: str | None) -> None:
    """A message or description that is a short phrase names the class."""
    assert _class_from_text(text) == name


@given(st.text())
@example("\0")
@example("a.b:, \0")
def test_phrases_are_names(text: str) -> None:
    """Whatever a text says, its phrase is an identifier in ASCII of a limited length."""
    name = _class_from_text(text)
    assert name is None or (name.isascii() and name.isidentifier() and len(name) <= 65)


_WORDS = st.sampled_from("""
    the a is are not no cannot must only found failed error exception occurred when while because
    that of for in to with and or if invalid missing check set log please try again you have been
    router key EIP 5 %s {name} xxx ( ) [%s] , . : ; 'x' TrainingJob a.b 128-bit
    """.split())


@given(st.lists(_WORDS).map(" ".join))
def test_phrases_do_not_end_in_the_middle(text: str) -> None:
    """No phrase ends in a conjunction, a preposition before a noun or "not", or has a number."""
    name = _class_from_text(text) or ""
    found = words.camel_case_words(name.removesuffix("Error"))
    last = found[-1].lower()
    assert last not in ("because", "of", "that", "for", "to", "with", "and", "or", "if", "not")
    assert not any(map(str.isdigit, found))


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
    assert words.class_from_parts(code) == name


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
    prefix: str = "",
) -> Names:
    """Return the names for *errors*, code -> message."""
    documented = [_error(code, _occurrence(text)) for code, text in errors.items()]
    catalogue = _catalogue(*documented, service=service)
    return assign(catalogue, curated=curated or {}, locked=locked or {}, prefix=prefix, prune=prune)


def _assigned(*errors: Error) -> Names:
    return assign(_catalogue(*errors), curated={}, locked={}, prune=False)


def _catalogue(*errors: Error, service: str = "demo") -> Catalogue:
    return Catalogue(
        service=service,
        title="Demo",
        docs_url=None,
        documents=("demo.rst",),
        envelope=None,
        errors=errors,
    )


def _error(code: str, *occurrences: Occurrence) -> Error:
    return Error(code=code, occurrences=occurrences)


def _occurrence(
    text: str | None, description: str | None = None, name: str | None = None
) -> Occurrence:
    return Occurrence(
        http_status=(400,),
        module=None,
        name=name,
        message=parse_message(text) if text else None,
        description=Prose(text=description, commonmark=description) if description else None,
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
    """If two new codes have the same phrase, both have it with the last part of the code."""
    names = _named({"A.1": "Router not found", "A.2": "Router %s not found."})
    assert _classes(names) == {"A.1": "RouterNotFound1Error", "A.2": "RouterNotFound2Error"}


def test_same_message_and_same_last_part() -> None:
    """If the last parts of the codes are equal, too, all parts are needed to tell them apart."""
    names = _named({"A.1": "No such EIP", "B.1": "No such EIP", "B.3": "No such EIP"})
    assert _classes(names) == {
        "A.1": "NoSuchEIP_A1Error",
        "B.1": "NoSuchEIP_B1Error",
        "B.3": "NoSuchEIP3Error",
    }


def test_phrase_and_number() -> None:
    """A code that is a bare number adds it to a phrase that another code has, too."""
    names = _named(
        {
            "1103": "Incorrect password.",
            "1104": "Incorrect password.",
            "DBS.280022": "The DB instance does not exist.",
            "DBS.280045": "The DB instance does not exist.",
            "DBS.280046": None,
        }
    )
    assert _classes(names) == {
        "1103": "IncorrectPassword1103Error",
        "1104": "IncorrectPassword1104Error",
        "DBS.280022": "DBInstanceDoesNotExist280022Error",
        "DBS.280045": "DBInstanceDoesNotExist280045Error",
        "DBS.280046": "DBS280046Error",
    }


def test_numbers_are_separated() -> None:
    """Two numbers, or two acronyms, do not run together."""
    names = _named({"1103": "No IPv4", "1104": "No IPv4"})
    assert _classes(names) == {"1103": "NoIPv4_1103Error", "1104": "NoIPv4_1104Error"}


def test_one_word_is_no_phrase_for_several_codes() -> None:
    """One word before "error" does not name several classes; the codes do."""
    names = _named({"A.1": "Network error", "A.2": "Network error"})
    assert _classes(names) == {"A.1": "A1Error", "A.2": "A2Error"}


def test_code_that_joins_later() -> None:
    """A new code with a known phrase gets a number, even if the plain phrase is free."""
    first = _named({"A.1": "Router not found", "A.2": "Router not found"}).entries
    errors = dict.fromkeys(("A.1", "A.2", "A.3"), "Router not found")
    assert _named(errors, first).entries["A.3"].class_name == "RouterNotFound3Error"
    alone = _named({"A.3": "Router not found"}, first)  # the others are retired
    assert alone.entries["A.3"].class_name == "RouterNotFound3Error"
    assert alone.lost == ()


def test_code_with_a_phrase_of_the_lock() -> None:
    """If a code of the lock has the plain phrase, a new one has a number, and is reported."""
    first = _named({"A.1": "Router not found"}).entries
    second = _named({"A.1": "Router not found", "A.2": "Router not found"}, first)
    assert _classes(second) == {"A.1": "RouterNotFoundError", "A.2": "RouterNotFound2Error"}
    assert second.lost == (TakenName(code="A.2", name="RouterNotFoundError", holder="A.1"),)


def test_codes_in_capitals() -> None:
    """A code of words in capitals is lower-cased first, also where its plain name is reserved."""
    codes = dict.fromkeys(("BAD_REQUEST", "NOT_FOUND", "CONFLICT", "ACTION", "NOT_MATCH"))
    assert _classes(_named(codes)) == {
        "ACTION": "ActionError",
        "BAD_REQUEST": "BadRequestCodeError",
        "CONFLICT": "ConflictCodeError",
        "NOT_FOUND": "NotFoundCodeError",
        "NOT_MATCH": "NotMatchError",
    }
    numbered = _named({"ACTION": None, "CONFLICT": None, "PAY.9002": None})
    assert _classes(numbered) == {
        "ACTION": "ACTIONError",
        "CONFLICT": "ConflictCodeError",
        "PAY.9002": "PAY9002Error",
    }


def test_codes_that_begin_with_err() -> None:
    """A first word that only says that a code is one of an error is left out, if that is free."""
    codes = ("ERR_NO_ROUTE", "ErrNoKey", "ER_DISK_FULL", "ERROR_SCAN", "ErrorWithText", "ERR_404_X")
    first = _named(dict.fromkeys((*codes, "ERR_NOT_FOUND", "ERR_A_B", "A_B")))
    assert _classes(first) == {
        "A_B": "ABError",
        "ERROR_SCAN": "ScanError",
        "ERR_404_X": "ERR404XError",
        "ERR_A_B": "ErrABError",
        "ERR_NOT_FOUND": "ErrNotFoundError",
        "ERR_NO_ROUTE": "NoRouteError",
        "ER_DISK_FULL": "DiskFullError",
        "ErrNoKey": "NoKeyError",
        "ErrorWithText": "ErrorWithTextError",
    }
    later = _named({"ERR_NO_ROUTE": None, "NO_ROUTE": None, "ErrNoRoute": None}, first.entries)
    assert later.entries["NO_ROUTE"].class_name == "NoRouteCodeError"
    assert later.entries["ErrNoRoute"].class_name == "ErrNoRouteError"
    codes_left = _catalogue(
        *(_error(code, _occurrence(None)) for code in ("NO_ROUTE", "ErrNoRoute"))
    )
    refused = [(e.code, [r.name for r in e.refused]) for e in explained(codes_left, later, {})]
    assert refused == [("NO_ROUTE", ["NoRouteError"]), ("ErrNoRoute", ["NoRouteError"])]


def test_phrase_that_is_reserved() -> None:
    """A phrase that names a builtin or a family gets the service's prefix."""
    names = _named(
        {"1": "File not found", "2": "System error.", "3": "Not found", "4": "Conflict error"},
        service="model_arts",
    )
    assert _classes(names) == {
        "1": "ModelArtsFileNotFoundError",
        "2": "ModelArtsSystemError",
        "3": "NotFound3Error",  # ModelArtsNotFoundError is the service's family
        "4": "E4Error",
    }


def test_documented_name() -> None:
    """A documented name of words is preferred to the code and the message."""
    errors = [
        _error("1", _occurrence("Broken pipe", name="EPIPE")),
        _error("2", _occurrence("No such file", name="FILE_MISSING")),
        _error("NoSuchKey", _occurrence("Key not found", name="keyNotThere")),
        _error("3", _occurrence(None, name="TooMany"), _occurrence(None, name="TooFew")),
    ]
    assert _classes(_assigned(*errors)) == {
        "1": "DemoBrokenPipeError",
        "2": "FileMissingError",
        "3": "E3Error",
        "NoSuchKey": "KeyNotThereError",
    }


def test_description() -> None:
    """The description names the class if the message does not, and they share a word.

    A message that only says that there is an error need not.
    """
    errors = [
        _error("1", _occurrence(None, "The router is full.")),
        _error("2", _occurrence("%s is frozen", "The gateway is frozen.")),
        _error("3", _occurrence("%s is frozen", "Contract expired.")),
        _error("4", _occurrence("Wrong key", "The key has no owner.")),
        _error("5", _occurrence("A system error occurred.", "Failed to copy the disk.")),
        _error("6", _occurrence("A system error occurred.", "Failed to mount the disk.")),
    ]
    assert _classes(_assigned(*errors)) == {
        "1": "RouterFullError",
        "2": "GatewayFrozenError",
        "3": "E3Error",
        "4": "WrongKeyError",
        "5": "FailedToCopyDiskError",
        "6": "FailedToMountDiskError",
    }


def test_description_instead_of_a_number() -> None:
    """If several codes have the same message, descriptions that differ name them."""
    errors = [
        _error("1", _occurrence("Invalid name", "The name of the router is invalid.")),
        _error("2", _occurrence("Invalid name", "The name of the port is invalid.")),
        _error("3", _occurrence("Invalid name", None)),
    ]
    assert _classes(_assigned(*errors)) == {
        "1": "NameOfRouterInvalidError",
        "2": "NameOfPortInvalidError",
        "3": "InvalidName3Error",
    }


def test_places_that_say_different_things() -> None:
    """A code with different messages has no phrase; blank cells say nothing."""
    errors = [
        _error("1", _occurrence("Router not found"), _occurrence("Port not found")),
        _error("2", _occurrence("No router"), _occurrence(None), _occurrence("no router %s")),
    ]
    assert _classes(_assigned(*errors)) == {"1": "E1Error", "2": "NoRouterError"}


def test_configured_prefix() -> None:
    """A prefix renames base, enum and family, and new names that need it; the lock stays."""
    errors = {"1": "File not found", "2": "No such file"}
    first = _named(errors)
    assert (first.base, first.enum) == ("DemoError", "DemoErrorCode")
    second = _named(errors | {"3": "System error"}, first.entries, prefix="DEMO2")
    assert (second.base, second.enum) == ("DEMO2Error", "DEMO2ErrorCode")
    assert _classes(second) == {
        "1": "DemoFileNotFoundError",
        "2": "NoSuchFileError",
        "3": "DEMO2SystemError",
    }


def test_prefix_keeps_the_names_of_the_default() -> None:
    """With a prefix, no code gets the name of the base class or a family without it."""
    names = _named({"demo": None, "DemoNotFound": None}, prefix="Other")
    assert _classes(names) == {"demo": "DemoCodeError", "DemoNotFound": "DemoNotFoundCodeError"}


def test_prefix_that_needs_a_name_of_the_lock() -> None:
    """A prefix whose families would have the name of a class is refused."""
    locked = _named({"1": "Router not found"}).entries
    with pytest.raises(Failure, match=r"RouterNotFoundError of '1' is needed .* another prefix"):
        _named({"1": "Router not found"}, locked, prefix="Router")


def test_origins() -> None:
    """The origin of each name is known, also once the lock has it."""
    errors = [
        _error("1", _occurrence("Wrong key")),
        _error("2", _occurrence("%s failed")),
        _error("3", _occurrence("No router")),
        _error("4", _occurrence("No router")),
        _error("5", _occurrence(None, "Port is closed")),
        _error("6", _occurrence(None, name="TooMany")),
        _error("7", _occurrence("Quota exceeded")),
        _error("NoKey", _occurrence("No key")),
    ]
    curated = {"7": "Quota"}
    catalogue = _catalogue(*errors)
    names = assign(catalogue, curated=curated, locked={}, prune=False)
    again = assign(catalogue, curated={}, locked=names.entries, prune=False)
    expected = {
        "1": "message",
        "2": "parts of code",
        "3": "message + code",
        "4": "message + code",
        "5": "description",
        "6": "documented name",
        "7": "configuration",
        "NoKey": "code",
    }
    found = explained(catalogue, names, curated)
    assert {error.code: error.origin.value for error in found} == expected
    assert [error.code for error in found if not error.speaks] == ["2"]
    later = {error.code: error.origin.value for error in explained(catalogue, again, {})}
    assert later == expected | {"7": "errbook.lock"}


def test_refused_names() -> None:
    """Names that would be better than the one given are listed with the reason against them."""
    locked = {"9": LockEntry(class_name="NoRouterError", member="E_9", http_status=())}
    catalogue = _catalogue(
        _error("1", _occurrence("No router")),
        _error("2", _occurrence("%s failed")),
        _error("3", _occurrence("Not found")),
        _error("4", _occurrence("No port")),
        _error("5", _occurrence("No port")),
    )
    names = assign(catalogue, curated={}, locked=locked, prune=False)
    refused = {
        e.code: [(r.name, r.reason) for r in e.refused] for e in explained(catalogue, names, {})
    }
    shared = [("NoPortError", "other codes have the same phrase")]
    assert refused == {
        "1": [("NoRouterError", "'9' has this name")],
        "2": [("", "no phrase in the message: its subject is a placeholder")],
        "3": [("DemoNotFoundError", "Python or errbook reserves this name")],
        "4": shared,
        "5": shared,
    }


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
        "A.1": "RouterNotFound1Error",
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
    assert other["A.3"].class_name == "RouterNotFound3Error"
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


@given(
    st.dictionaries(
        _CODES, st.sampled_from([None, "Not found", "Key too long", "No key", "Key error"])
    )
)
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


_MESSAGES = st.sampled_from([None, "Router not found", "No router", "System error", "%s failed"])


@given(st.dictionaries(_CODES, _MESSAGES), st.dictionaries(_CODES, _MESSAGES), st.randoms())
def test_names_last(
    before: dict[str, str | None], added: dict[str, str | None], random: object
) -> None:
    """Codes that are added anywhere, in any order, do not rename others."""
    first = _named(before).entries
    codes = list((before | added).items())
    random.shuffle(codes)  # type: ignore[attr-defined]
    second = _named(dict(codes), first).entries
    assert {code: second[code] for code in first} == first


@given(st.dictionaries(_CODES, _MESSAGES), st.dictionaries(_CODES, _MESSAGES), st.booleans())
def test_names_last_with_another_prefix(
    before: dict[str, str | None], added: dict[str, str | None], is_first: bool
) -> None:
    """Whatever prefix is configured or removed, the names in the lock stay."""
    prefixes = ("Other", "") if is_first else ("", "Other")
    first = _named(before, prefix=prefixes[0]).entries
    second = _named(before | added, first, prefix=prefixes[1]).entries
    assert {code: second[code].class_name for code in first} == {
        code: entry.class_name for code, entry in first.items()
    }


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
