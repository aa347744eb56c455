"""The words that publishers use in headings and titles, in ten languages.

Nothing else in errbook knows such a word. A translator adds words here, in any spelling:
`normalized` says which differences do not count. Where a table has one line per language, their
order is English, German, French, Spanish, Portuguese, Italian, Russian, Chinese, Japanese, Korean.
"""

import re
import unicodedata
from itertools import product

_BETWEEN_WORDS = re.compile(r"[\s_.'’:?-]+")
_NOTE = re.compile(r"(?:\([^()]*\)|\[[^\[\]]*\])$")
_FOOTNOTE_MARKS = "*†‡§¹²³⁰⁴⁵⁶⁷⁸⁹"


def normalized(heading: str) -> str:
    """Return the form of *heading* that is used for comparisons.

    ``HTTP Status  Code (optional)``, ``http_status.code``, ``HTTPStatusCode`` and ``HTTP status
    code [1]`` become ``httpstatuscode``.
    """
    text = unicodedata.normalize("NFKC", heading.strip().rstrip(_FOOTNOTE_MARKS))
    while (shorter := _NOTE.sub("", text).strip()) and shorter != text:
        text = shorter
    return _BETWEEN_WORDS.sub("", text.casefold())


def _words(text: str) -> frozenset[str]:
    """Return the normalized words in *text*, separated by commas; English ones in both numbers."""
    words = {normalized(word) for word in text.replace("\n", ",").split(",")} - {""}
    return frozenset(words | {f"{word}s" for word in words if word.isascii()})


def _joined(kinds: str, nouns: str) -> frozenset[str]:
    """Return all words of *kinds*, each with each of *nouns*: ``exit code``, ``exit status``."""
    return _words(",".join(map("".join, product(kinds.split(), nouns.split()))))


def _pattern(words: str) -> re.Pattern[str]:
    """Return the pattern *words* without its line breaks and indentation."""
    return re.compile(re.sub(r"\n +|\n", "", words), re.IGNORECASE)


CODE = _words("""
    error code, err code
    Fehlercode
    code d'erreur, code erreur, code rejet, code de rejet
    código de error
    código de erro
    codice errore, codice di errore, codice d'errore
    код ошибки, коды ошибок
    错误码, 错误代码, 错误编码, 錯誤碼, 錯誤代碼
    エラーコード
    오류 코드, 에러 코드
""")
"""Headings of a code column, whatever its cells."""

CODE_OF_ERRORS = (
    _joined("error err fault failure exception", "number no num nr id value constant symbol name")
    | _joined("fault failure exception exit return", "code")
    | _joined("exit termination", "status value")
    | _words("""
        errno, error #, error code name, error/info code, error code/name, SQLSTATE
        Fehlernummer, Exitcode, Rückgabecode
        numéro d'erreur, code de retour, code retour, code de sortie
        número de error, código de retorno, código de salida
        número do erro, código de saída
        numero errore, codice di ritorno, codice di uscita
        номер ошибки, код возврата, код завершения
        错误号, 错误编号, 返回码, 返回碼, 退出码
        エラー番号, リターンコード, 終了コード
        오류 번호, 에러 코드명, 반환 코드, 종료 코드
    """)
)
"""Headings of a code column if its cells agree. They say that the table is about errors."""

CODE_ALONE = _words("code, codes, código, codice, код, 代码, 编码, コード, 코드")
"""The word for a code, of whatever kind."""

CODE_OF_ANYTHING = (
    CODE_ALONE
    | _joined(
        "reason result completion termination close alarm hold cause rejection disconnect reject"
        " decline denial refusal abort trouble return",
        "code",
    )
    | _words("""
        exit, RC, return status, return value
        Rückgabewert
        valeur de retour, code retourné
        valor de retorno
        код результата
        返回值
        戻り値
        반환값
    """)
)
"""Headings of a code column if its cells agree and something says that they are of errors."""

CODE_BESIDE_STATUSES = _words("""
    error, error type, error class, exception, exception name, exception type, class, fault type,
    fault element, fault, response, name, status code, response code
""")
"""Headings of a code column if its cells agree and another column has statuses."""

OF_ANYTHING_BESIDE_STATUSES = _words("class, response, name")
"""Those that need statuses of errors beside them."""

ROW_NUMBERS = _words(
    "no, no., nr, nr., n°, nº, №, #, step, id, num, number, 序号, 编号, 番号, 번호, item, s.no"
)
"""Headings of a column that may only count the rows."""

ERROR_ALONE = _words(
    "error, fault, exception, Fehler, erreur, erro, errore, ошибка, 错误, エラー, 오류"
)
"""The word for an error, as the heading of what may be its code."""

CODE_UNDER_TITLE = CODE_OF_ANYTHING | CODE_BESIDE_STATUSES | _words("""
    value, id, number, enumeration, enum, constant, result, error, name, type
    Wert, Nummer, Kennung, Konstante, Fehler
    valeur, numéro, constante, erreur
    valor, número, identificador
    erro
    valore, numero, costante, errore
    значение, номер, константа, ошибка
    值, 数值, 编号, 常量, 枚举, 错误
    値, 番号, 定数, エラー
    값, 번호, 상수, 오류
    """)
"""Headings of a code column if its cells are distinct identifiers and a title speaks of codes."""

_SUFFIX_OF_CODE = re.compile(r".+(error|exit|return|reason|result|status)codes?")


_OUTCOMES = re.compile(
    r".*(hold|alarm|close|reject(ion)?|decline|denial|refusal|disconnect|abort|trouble)(reason)?codes?"
)


def is_of_outcomes(word: str) -> bool:
    """Return whether the normalized heading *word* says how something ended: ``Hold reason code``.

    Others are in `CODES_OF_OUTCOMES`, for titles.
    """
    return bool(_OUTCOMES.fullmatch(word))


def is_compound_of_code(word: str) -> bool:
    """Return whether the normalized heading *word* ends like that of codes: ``API error code``."""
    return bool(_SUFFIX_OF_CODE.fullmatch(word)) and not STATUS.fullmatch(word)


STATUS = _pattern(r"""
    error(http)?status(codes?)?|(https?)?(status(codes?)?|responsecodes?|code)|https?|https?(error|errorcode|response
    |returncode)|httpstatuscode|(http)?statuscode|statut(http)?|code(detat)?(http)?
    |códigodeestado(http)?|código(de)?http|estadohttp|statushttp|códigodestatus(http)?|codicehttp
    |codicedistato(http)?|statohttp|httpкод|кодhttp|(http)?статус|httpстатус|кодответа
    |кодсостояния|(http)?(响应)?状态码?|(http)?(响应码|返回码|狀態碼)|(http)?ステータス(コード)?
    |(http)?(응답)?상태(코드)?|http(응답)?코드|associated.+
""")
"""Normalized headings of a status column. Unlike `is_status_heading`, it matches ``code``."""

TEXTS = {
    "message": _words("""
        error message, message, error information, error info, error, error msg, err msg,
        error text, msg, message text, text, title, name, fault, alarm,
        message displayed on the management console
        Fehlermeldung, Meldung
        message d'erreur
        mensaje, mensaje de error
        mensagem, mensagem de erro
        messaggio, messaggio di errore
        сообщение, сообщение об ошибке, текст ошибки
        错误信息, 错误消息, 错误提示, 返回信息, 返回消息, 提示信息, 错误, 消息, 消息内容, 名称,
        錯誤訊息
        エラーメッセージ, エラー内容, メッセージ
        에러 메시지, 오류 메시지, 메시지
    """),
    "description": _words("""
        description, error description, error code description, possible cause, failure cause,
        probable cause, likely cause, root cause, cause, reason, error reason, error cause,
        explanation, meaning, error meaning, approximate meaning, interpretation, behavior,
        behaviour, what it means, what does it mean, what happened, why it happens, condition,
        case, scenario, when, circumstances, situation, note, notes, detail, error detail, comment,
        remark, definition, desc
        Beschreibung, Bedeutung, Ursache, mögliche Ursache, Erklärung, Erläuterung, Bemerkung, Grund
        signification, explication, libellé, raison, remarque, commentaire
        descripción, significado, causa, explicación, motivo, razón
        descrição, explicação, observação
        descrizione, significato, spiegazione
        описание, описание ошибки, причина, пояснение, расшифровка, комментарий
        说明, 描述, 含义, 解释, 原因, 可能原因, 备注, 错误描述, 错误说明, 錯誤說明, 說明
        説明, 意味, 原因, 内容, 備考, 詳細
        설명, 의미, 원인, 비고, 내용
    """),
    "handling": _words("""
        solution, handling measure, measure, troubleshooting, solution suggestion, resolution,
        suggested solution, recommended solution, possible solution, how to fix, how to solve,
        how to resolve, action, recommended action, suggested action, corrective action,
        user response, user action, required action, what to do, next step, workaround,
        recommendation, suggestion, fix, remedy, remedies, remediation, countermeasure, correction,
        corrective measure
        Lösung, Maßnahme, Abhilfe, Behebung, Fehlerbehebung
        résolution, mesure, que faire
        solución, acción, qué hacer
        solução, ação, o que fazer
        soluzione, azione
        решение, действие, действия, что делать, рекомендации, способ устранения
        处理措施, 解决方案, 解决方法, 解决办法, 处理方法, 处理建议, 排查建议, 处理方式, 建议
        対処方法, 対処, 対応, 対応方法, 対策, 解決策
        해결 방법, 해결책, 조치, 조치 방법, 대처 방법
    """),
    "module": _words("""
        module, service, category
        Modul, Dienst, Kategorie
        catégorie
        módulo, categoría
        categoria
        modulo
        модуль, категория
        模块, 类别, 分类
        モジュール, カテゴリ
        모듈, 분류
    """),
    "type": _words("type, error type"),
}
"""Field -> headings of its column."""

_COMPOUNDS = {
    "description": re.compile(
        r"(meaning|description|reason|cause)s?(for|in|of).+|.+(description|meaning|explanation|interpretation)"
        r"|.+(cause|reason)s?|.+(描述|说明|含义)|(occurs?|happens?)when|when(it|to).+|when(is|does)it.+"
    ),
    "handling": re.compile(
        r"(?!system).+(action|solution|resolution|workaround|recommendation)|suggestions?(to|for|on).+"
    ),
    "message": re.compile(
        r"(error)?(message|text)(example|template|format)s?"
        r"|(sample|example|user|api|response|server|displayed|returned)message"
        r"|(response|reason|status|result)+text"
    ),
}
"""Field -> the form of headings such as ``Meaning for REST``, ``Expected action``."""

NAME = (
    _joined("constant symbol macro enum", "name value constant")
    | _joined("error errorcode", "symbol constant enum macro")
    | _words("""
    constant, symbol, macro, enum,
    symbolic name, error name, condition name, identifier, mnemonic, define, condition, member
    enum member
    Konstante
    constante
    costante
    константа
    常量, 宏, 枚举
    定数
    상수
""")
)
"""Headings of the programmer's name, if its cells are identifiers beside a code."""

RETRYABLE = _words("""
    retryable, retriable, retry, can retry, is retryable, should retry, safe to retry
    wiederholbar
    重试, 可重试, 是否可重试
    リトライ, 再試行
    재시도
""")
"""Headings of the advice for or against retrying, if its cells say yes or no."""

_YES = _words(
    "yes, y, true, ✓, ✔, ✅, ja, oui, sí, si, sim, sì, да, 是, 可, 可以, はい, 可能, ○, 예"
)
_NO = _words(
    "no, n, false, ✗, ✘, ❌, nein, non, não, нет, 否, 不可, 不可以, いいえ, 不可能, ×, 아니오"
)
_FIRST_WORD = re.compile(r"\w+|[^\s\w]")


def yes_or_no(cell: str) -> bool | None:
    """Return whether *cell* says yes or no: ``Yes, after 5 s``; None if it says neither."""
    first = _FIRST_WORD.match(cell)
    word = normalized(first[0]) if first else ""
    return True if word in _YES else False if word in _NO else None


LABELS_OF_MESSAGES = _words(
    "error message, message, error text, 信息, 消息, 錯誤訊息, 情報, 메시지"
)
"""Labels of the message in a section; as the heading of a column, 信息 is too vague."""

MESSAGE_IF_NO_OTHER = _words("error name")
"""Headings of a message column if no other column has messages."""

_OF_OTHER_TEXTS = _words("error, fault, alarm, name, title, 错误, 名称")

_ONLY_IN_ERROR_TABLES = _words("""
    error message, error information, error info, error msg, error text, error description,
    error code description, error reason, error cause, solution, handling measure,
    solution suggestion, suggested solution, resolution, troubleshooting, how to fix, how to solve,
    message displayed on the management console, failure cause, remedy, corrective action
    Fehlermeldung, Abhilfe, Fehlerbehebung
    message d'erreur
    mensaje de error
    mensagem de erro
    messaggio di errore
    сообщение об ошибке, текст ошибки, описание ошибки
    错误信息, 错误消息, 错误提示, 错误描述, 错误说明, 处理措施, 解决方案, 解决方法, 解决办法
    エラーメッセージ, 対処方法, 対処, 解決策
    에러 메시지, 오류 메시지, 해결 방법, 해결책
""")

QUANTITIES = _words("""
    amount, rate, count, total, price, size, weight, percentage, percent, duration, limit, score
    Betrag, Menge, Anzahl, Preis
    montant, nombre, prix
    importe, cantidad, precio
    valor total, quantidade, preço
    importo, quantità, prezzo
    сумма, количество, цена
    金额, 数量, 价格
    金額, 件数
    금액, 수량
""")
"""Headings of columns of quantities, which are never codes."""

OF_MEMBERS = _words("""
    default, required, optional, mandatory, data type, default value, allowed values
    Pflicht, Standard, Standardwert
    obligatoire, par défaut
    obligatorio, predeterminado
    obrigatório, padrão
    obbligatorio
    обязательный, по умолчанию
    必选, 是否必选, 必填, 默认值, 缺省值
    必須, デフォルト
    필수, 기본값
""")
"""Headings of tables of parameters or members."""

DATA_TYPES = _words("""
    string, str, integer, int, int32, int64, long, number, float, double, boolean, bool, object,
    array, list, dict, map, null, text, json
""")
"""Cells of a column of data types, as tables of parameters or members have."""


NO_CODES = DATA_TYPES | _words("true, false, none, null, nil, void, undefined, optional, required")
"""Values and types, which a column of return values may have in place of codes."""


def is_of_errors(word: str) -> bool:
    """Return whether the normalized heading *word* says itself that its codes are of errors."""
    return word in CODE_OF_ERRORS or bool(re.search("(error|exit|return)codes?$", word))


def is_known(heading: str) -> bool:
    """Return whether *heading* is in the vocabulary."""
    word = normalized(heading)
    return (
        word in CODE | CODE_OF_ERRORS | CODE_OF_ANYTHING | CODE_BESIDE_STATUSES
        or is_compound_of_code(word)
        or bool(STATUS.fullmatch(word))
        or word in NAME | RETRYABLE
        or bool(text_fields(word))
    )


def text_fields(word: str) -> list[str]:
    """Return the text fields that a column with the normalized heading *word* may be."""
    fields = [field for field, words in TEXTS.items() if word in words]
    if not fields:
        fields = [field for field, form in _COMPOUNDS.items() if form.fullmatch(word)]
    if not fields and "/" in word:  # ``Scope/description``
        return [field for part in word.split("/") for field in text_fields(part)]
    return fields


def is_status_heading(heading: str) -> bool:
    """Return whether *heading* is that of a status column."""
    word = normalized(heading)
    return word != "code" and bool(STATUS.fullmatch(word))


def is_code_heading(heading: str) -> bool:
    """Return whether *heading* is that of a code column, whatever its cells."""
    return normalized(heading) in CODE


def is_code_heading_under_title(heading: str) -> bool:
    """Return whether *heading* may be that of a code column if a title speaks of codes."""
    return normalized(heading) in CODE_UNDER_TITLE


def is_text_heading(heading: str) -> bool:
    """Return whether *heading* is that of a description, handling or module column."""
    fields = text_fields(normalized(heading))
    return not {"description", "handling", "module"}.isdisjoint(fields)


def is_message_heading(heading: str) -> bool:
    """Return whether *heading* is certainly that of a message column; ``Name`` is ambiguous."""
    word = normalized(heading)
    return word in TEXTS["message"] and word not in _OF_OTHER_TEXTS


def is_only_of_errors(word: str) -> bool:
    """Return whether only tables of errors have the normalized heading *word*."""
    return word in _ONLY_IN_ERROR_TABLES


_REQUESTS = re.compile(
    r"parameter|element|field|attribute|header|property|member|argument|variable|option|method"
    r"|endpoint|\bur[il]s?\b",
    re.IGNORECASE,
)


def mentions_requests(heading: str) -> bool:
    """Return whether *heading* mentions a part of a request or body; such tables list no errors."""
    return bool(_REQUESTS.search(heading))


def names_other_things(heading: str) -> bool:
    """Return whether *heading* is a word for things that have codes but are no errors."""
    return bool(OTHER_THINGS_IN_TITLES.fullmatch(heading))


_ERROR_WORDS = r"""
    \berr(or|no)?s?\b|\b(fault|exception|failure)s?\b|fehler|\berreurs?\b|\berro(s|res)?\b
    |störung|\berror[ei]\b|\bfallos?\b|\bfalhas?\b|ошиб(к|ок)|错误|錯誤|异常|报错|エラー|例外|오류|에러
    |예외
"""
_EXIT_WORDS = r"""
    \b(exit|return|termination)\b|\b(rückgabe|exit|abbruch)|\b(retour|sortie|salida|retorno
    |saída)\b|\b(ritorno|uscita)\b|возврат|завершени|返回|退出|終了|戻り|リターン|반환|종료
"""
_OTHER_CODE_WORDS = r"""
    \b(status|result|reason|response|return|close|closure|hold|alarm|cause|completion|rejection
    |warning|disconnect(ion)?)\b|\b(status|ergebnis|antwort|alarm)|\b(statut|résultat|réponse
    |état)s?\b|\b(estado|resultado|respuesta|resposta|stato|risultato|risposta)s?\b|статус
    |результат|ответ|\brück(gabe|melde)|状态|结果|响应|告警|ステータス|結果|応答|상태|결과|응답
"""
_CODE_WORDS = r"""
    (?<!\bde)(?<!\ben)[ck]od(e|es|i|ice|ici)?\b|c[oó]digos?\b|\bkod|\bкод|\bstatus(es)?\b|(?<![编解密证维条号源乱扫編證維條號])[码碼]
    |[错误錯誤]{2}[编編][码碼]|コード|코드|ステータス|상태
"""
_NUMBER_WORDS = r"""
    \b(id|num(ber)?|value|constant|enum)s?\b|\b(no|nr)\.|nummern?\b|werte?\b|\bnuméros?\b
    |\bnúmeros?\b|\bnumeri\b|\bномер|编号|番号|번호
"""
_OTHER_THINGS = r"""
    \b(op[ -]?codes?|(command|event|option|country|currency|colou?r|language|parameter|field
    |element|attribute|header|property|member|argument|flag|key|product|unit|region|airport
    |permission|instruction|register|operator|metric|port|method|endpoint|operation|function
    |category|level|message types?|state|variable|setting|character|escape|zip|postal
    |time ?zone|object|structure|change ?log|release note|release|revision
    |test|test case|use case|requirement|counter)s?|history|changes
    |countries|currencies|properties|categories)\b|befehl|ereignis|option(en)?\b|länder|währung
    |\bfarb|elemente?\b|felder\b|parameter|attribut|\b(commandes?|événements?|pays|devises?
    |couleurs?|champs?|paramètres?|éléments?)\b|\b(comandos?|eventos?|opciones|países|monedas?
    |colores|campos?|parámetros?|elementos?)\b|\b(opções|moedas?|cores|parâmetros?|comandi|eventi
    |opzioni|paesi|valute|colori|campi)\b|\b(parametri|elementi|attributi)\b|команд|событи|\bопци
    |стран|валют|\bцвет|\bпол(я|е|ей)\b|параметр|атрибут|элемент|参数|字段|属性|选项|命令|事件
    |国家|货币|操作码|颜色|要素|パラメータ|フィールド|オプション|コマンド|イベント|国コード|通貨|매개변수
    |필드|속성|옵션|명령|이벤트|국가|통화|요소
"""
_TROUBLE_WORDS = r"""
    fail|error|invalid|illegal|denied|refus|missing|unknown|exceed|wrong|cannot|unable|\bnot?\b
    |n't\b|\bun(supported|authori[sz]ed|recogni[sz]ed|available|expected|reachable|defined
    |specified)|\bbad\b|broken|corrupt|time[ds]?[ -]?out|expire|abort|reject|lost\b|conflict
    |duplicate|mistyped|malformed|out of|\btoo\b|without|overflow|busy|forbidden|fatal|problem
    |exception|violat|mismatch|insufficient|terminated|interrupted|incorrect|inconsistent
    |disconnect|closed|\bkein|nicht|fehl|ungült|unbekannt|abgelehnt|abgelaufen|gesperrt|erreur|échec|impossible|absent|invalide|inconnu|\bpas\b|inválid
    |falló|caducad|deneg|rechaz|cancelad|expirad|insuficien|incorrec|recusad|rifiut|scadut|errat[oa]\b
    |\bno\b|\bnão\b|\berro|falha|\bnon\b|\bнет\b|\bне\b|ошибк|отказ|исте[кч]|превыш|неверн|недопуст|отсутств|失败
    |错误|无效|不|未|无法|异常|超时|超过|失敗|エラー|無効|ない|ません|不正|실패|오류|없|않|잘못
"""
_SUCCESS_WORDS = r"""
    \bsuccess(ful(ly)?)?\b|\bsucceeded\b|\bsucceeds\b|\bok(ay)?\b|\bnormal(ly)?\b|\b(no
    |without|sin|pas d'|aucune?|sans|sem|nessun|keine?) ?(errors?|faults?|errore|errores|erros?
    |erreurs?|fehler)\b|\bno_?errors?\b|\bsuccessful|\bapproved\b|\ball (is )?(fine|well|good)\b
    |erfolg(reich)?\b|\bfehlerfrei|\bsuccès\b|\bréussi|\béxito\b|\bsucesso\b|\bsuccesso\b
    |успех|успешно|нет ошибок|без ошибок|无错误|沒有錯誤|エラーなし|エラー無し|오류 없음|成功
    |正常|정상|성공
"""


ERRORS_IN_TITLES = _pattern(_ERROR_WORDS)
EXITS_IN_TITLES = _pattern(_EXIT_WORDS)
PROGRAM_EXITS = _pattern(
    r"\bexit|\btermination|\bsortie|\bsalida|\bsaída|\buscita|завершени|退出|終了|종료"
)
WORDS_BEFORE_CODES = _pattern(r"""
    \b(alarm|alert|warning|message|reason|cause|problem|issue)\b|meldung|störung|alarme?\b|告警|警告|警報
""")
"""Other words before a code in a title: ``Alarm 1001``."""

OTHER_CODES_IN_TITLES = _pattern(_OTHER_CODE_WORDS)
CODES_IN_TITLES = _pattern(_CODE_WORDS)
NUMBERS_IN_TITLES = _pattern(_NUMBER_WORDS)
OTHER_THINGS_IN_TITLES = _pattern(_OTHER_THINGS)
TROUBLE = _pattern(_TROUBLE_WORDS)
SUCCESS = _pattern(_SUCCESS_WORDS)

OTHER_ERRORS = _pattern(r"""
    \berror[ -](budget|rate|margin|bar|bound|boundar|page|estimate|correction)\w*
    |\bmargins? of error|\b(exception|error)s? to\b
""")
"""Titles of other things that mention errors: ``Error budget``, ``Exceptions to VAT``."""

INTRODUCES_MEMBERS = _pattern(r"""
    \b(these|following|two|three|four|five) (\w+ )?(members|fields|properties|attributes|keys
    |parameters|elements|columns)\b|\bfolgende[ns]? (felder|elemente|attribute|parameter)\b
    |\b(champs|campos|campi) (suivants|siguientes|seguintes|seguenti)\b|следующие поля
    |以下(字段|属性|参数)|次の(フィールド|要素)|다음 (필드|속성)
""")
"""What introduces the members of a body: ``The error has these fields:``."""

STATES = _pattern(r"""
    ^((?!(exit|return|error|https?|response|reply|result|completion|termination|program|process
    |command|sip|smtp|ftp)\b)[\w'/-]+ )+(status|state)(es|s| values?| list)?$
""")
"""Titles of states of things, which are neither good nor bad: ``Order status values``."""

ENDS_WITH_CODES = _pattern(r"""
    \bcodes?$|\b(?:liste|lista) (?:des|der|de) codes|\bcódigos$|\bcodici$|\bкоды$|代码$|[码碼]$
    |コード$|コード一覧$|코드$
""")
"""Titles of lists of codes, whatever their kind: ``ter Codes``."""

CODES_OF_OUTCOMES = _pattern(r"""
    \b(close|closure|hold|alarm|trouble|completion|reject|rejection|disconnect(ion)?|abort|decline
    |denial|panic|refusal|violation|nack|stop) (\w+ )?codes?\b
    |\b(reject|rejection|disconnect(ion)?|abort|decline|denial|refusal|failure) reasons?\b
    |\bablehnungs(codes?|gründe)\b|\bcodes? de (refus|rejet)\b
    |\bcódigos? de (rechazo|rejeição|recusa)\b|\bcodici di rifiuto\b
    |\bкоды отказ|拒绝(代?码|原因)|拒否コード|거절 ?코드
""")
"""Titles of codes that say how something ended: ``Close event codes``, ``Reject reasons``."""

LISTS_OF_PROBLEMS = _pattern(r"^(\S+ )?(problem types|diagnostics|warnings|error replies)$")
"""Titles of lists that may have codes of errors: ``Problem types``."""

LISTS_OF_ERRORS = _pattern(r"""
    ^(?:(?!(?:of|for|in|on|with|by|when|handling)\b)[\w'/&-]+,? )*(?:errors|faults|exceptions
    |failures|statuses|alarms|alerts|declines|rejections|(?:error|fault|alarm|exception)
    (?= (?:list|table|reference|overview|messages)))
    (?: (?:list|table|reference|overview|messages|enum|types|catalog(?:ue)?))?
    (?=$|:| \(| \[| (?:of|for|in|from|by|on|returned|raised|thrown|and)\b)
    |^(?:\S+ )?fehler(?:liste|tabelle)?$|\bfehlermeldungen\b|^störungs?(meldungen)?\b
    |^(?:liste des )?erreurs\b|^messages d'erreur\b|^(?:lista de )?errores\b
    |^(?:lista de )?erros\b|^errori\b|^(?:список )?ошиб(?:ки|ок)\b
    |(?:错误|錯誤|异常)(?:列表|一览|表|类型)?$|エラー(?:一覧|リスト)?$|(?:오류|에러)(?: ?목록)?$
""")
"""Titles of lists of errors that do not mention codes: ``Errors``, ``Faults of the router``."""
