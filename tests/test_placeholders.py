"""Placeholders: the variable parts of messages, in the notations of many languages."""

import time

import pytest
from api_errors._shared.messages import fill, match

from errbook.analyzer.placeholders import parse_message
from errbook.targets.python.parameters import parameters


@pytest.mark.parametrize(
    ("text", "params"),
    [
        ("Subscriber %1$s not found", ["arg1"]),
        ("%2$s of %1$.2f", ["arg1", "arg2"]),
        ("Duplicate entry '%-.192s' for key %d", ["arg1", "arg2"]),
        ("near '%.*s' at line %05d", ["arg1", "arg2"]),
        ("%ld %lu %llu %zu %hhd %lf", ["arg1", "arg2", "arg3", "arg4", "arg5", "arg6"]),
        ("%v %+v %q %x %#x %X", ["arg1", "arg2", "arg3", "arg4", "arg5", "arg6"]),
        ("%i %u %c %o %g %-10s", ["arg1", "arg2", "arg3", "arg4", "arg5", "arg6"]),
        ("%(name)s has %(count)05d, %(size).2fGB", ["name", "count", "size"]),
        ("100% sure, 50 % of it, 5%discount, 100%", []),
        ("100%% done, %%s", []),
        ("no %2f, %2c, %c3%bc or %20and in a path", []),
        ("{{user}}, {{ user.name }} and ${{zone}}", ["user", "user.name", "zone"]),
        ("The message size is {message size}.", ["message size"]),
        ("{b:>10} {size:.2f} {n:,} {n:*^8}", ["b", "size", "n", "n"]),
        ("{name!r} and {name!s:>8}", ["name", "name"]),
        ("on {when:%Y-%m-%d}", ["when"]),
        ("{0,number} {1,number,#.##} {2,date,short}", ["arg1", "arg2", "arg3"]),
        ("{0:N2} {1:C}", ["arg1", "arg2"]),
        ("it must match [a-z]{1,64} or {0,}", []),
        ("{key: value} {0: none, 1: all} {'a': 1}", []),
        ("$ref, $filter and $5", []),
        ("<name>, <user name>", ["name", "user name"]),
        ("The value must be <MAX or >MIN", []),
        ("a < b > c, <a >", []),
        ("<b>Operation</b> of <user> denied", ["user"]),
        ("</b> before <b>", ["b"]),
        ("over 5%<b>s</b>", []),
        ("no {名前} in xxx", ["名前", "arg2"]),
        ("%{name} and #{ user.name } and ${zone}", ["name", "user.name", "zone"]),
        ("%<count>d of %<size>05.1f, %-10<name>s", ["count", "size", "name"]),
        ("%<name> of <user>", ["name", "user"]),
        ("#1, # 2, %%, #anchor and 5%", []),
    ],
)
def test_params(text: str, params: list[str]) -> None:
    """Every notation is found; what only looks like a placeholder is text."""
    assert list(parse_message(text).params) == params
    assert params or parse_message(text).literals == (text,)


@pytest.mark.parametrize(
    ("params", "identifiers"),
    [
        (["name", "arg1", "name"], ["name", "arg1", "name"]),
        (
            ["bucket-name", "user.name", "message size"],
            ["bucket_name", "user_name", "message_size"],
        ),
        (["class", "self", "1st"], ["class_", "self_", "_1st"]),
        (["größe", "numéro", "ﬁeld", "名"], ["grosse", "numero", "field", "arg1"]),
        (["user name", "user-name", "user_name"], ["user_name", "user_name_2", "user_name_3"]),
        (["名前", "arg1", "größe"], ["arg2", "arg1", "grosse"]),
        (["名前", "arg2"], ["arg1", "arg2"]),
    ],
)
def test_params_in_python(params: list[str], identifiers: list[str]) -> None:
    """Each name in a placeholder becomes a different identifier."""
    names = parameters(params)
    assert [names[param] for param in params] == identifiers


@pytest.mark.parametrize(
    ("text", "sent"),
    [
        ("Subscriber %1$s not found", "Subscriber one not found"),
        ("Disk is %d%% full", "Disk is one% full"),
        ("Router {{ router }} is busy", "Router one is busy"),
        ("Size {size:>10} is too large", "Size one is too large"),
        ("<b>Router</b> {0,number} is busy", "<b>Router</b> one is busy"),
        ("User %{name} is unknown", "User one is unknown"),
        ("User #{name} is unknown", "User one is unknown"),
        ("%<count>d items failed", "one items failed"),
        ("100%% of %<count>d items failed", "100% of one items failed"),
        ("Rate is {rate}%", "Rate is one%"),
        ("Rate is %%{rate}", "Rate is %%one"),
    ],
)
def test_messages_are_filled_and_matched(text: str, sent: str) -> None:
    """A client finds the values that a server filled in."""
    documented = parse_message(text)
    (param,) = documented.params
    template = (documented.literals[0], param, documented.literals[1])
    assert fill(template, {param: "one"}) == sent
    assert match(template, sent) == {param: "one"}


@pytest.mark.parametrize(
    ("message", "params"),
    [
        ("Port p1 is used by VM vm 1", ("Port", "p1", "VM", "vm 1")),
        ("Port\tp1 is used by VM  vm1", ("Port", "p1", "VM", "vm1")),
        ("Port is used by VM", ("Port", "", "VM", "")),
        ("is used by", ("", "", "", "")),
    ],
)
def test_params_beside_each_other(message: str, params: tuple[str, ...]) -> None:
    """Of two params with only a space between, the first is one word."""
    template = ("", "type", " ", "name", " is used by ", "other_type", " ", "other", "")
    assert match(template, message) == dict(zip(template[1::2], params, strict=True))


@pytest.mark.parametrize(
    "piece",
    [
        "%",
        "%0",
        "%1",
        "%.1",
        "%(",
        "%(a",
        "{",
        "{ ",
        "{{",
        "{{ ",
        "{a",
        "{a ",
        "{a:1",
        "{a:%",
        "{0,",
        "{0,number,",
        "%{",
        "%{a",
        "#{",
        "%<",
        "%<a",
        "%<a>1",
        "<a",
        "<a ",
        "<a>",
        "</a",
        "</a>",
        "0",
        "1",
        " ",
        "a",
        "a ",
        "*",
        "***-",
        "x",
    ],
)
@pytest.mark.parametrize("begin", ["", "%", "{", "<a"])
def test_time_is_linear(begin: str, piece: str) -> None:
    """Even a hostile text of 100,000 repetitions is read within a second."""
    started = time.process_time()
    parse_message(begin + piece * 100_000)
    assert time.process_time() - started < 1
