"""Questions about errors, and the codes that answer them: one table for all who answer."""

from pages import page

DOCUMENTS = {
    "net": page(
        ("404", "NET.0001", "Network {0} could not be found.", "It is gone.", "Create it."),
        ("404", "NET.0002", "{0} could not be found."),
        ("409", "NET.0010", "EIP %s is bound to port %s", "", "Unbind it first."),
        ("400", "NET.1.2", "Invalid request"),
        ("400", "NET.1.20", "Invalid request"),
        ("503", "SlowDown", "Reduce your request rate."),
        ("500", "E-9", "Slow down error"),
        ("403", "QUO-1", "Quota exceeded"),
        ("403", "QUO-2", "{0} quota exceeded"),
        ("500", "1007", "{0}"),
        ("500", "0171", "网络{0}不存在"),
    ),
    "disks": page(
        ("404", "DSK-7", "The disk was not found", "No disk has this id.", "Check the id."),
        ("404", "NET.0001", "Disk network is missing"),
        ("507", "DISK_FULL", "Disk full: {size} GB are needed, {free} GB are free"),
    ),
}
"""The document of each service."""

CONFIGURATION = """\
[service.net]
title = "Networks"
docs = ["net.rst"]
envelope = false
[service.net.names]
"NET.0001" = "NetworkMissing"
"NET.0002" = "SomethingMissing"
[service.disks]
title = "Disks"
docs = ["disks.rst"]
envelope = false
[service.disks.names]
"DSK-7" = "DiskMissing"
"""

EXAMPLES = {
    # Codes, members and classes, as they are.
    "NET.0002": ["NET.0002"],
    "NET_0002": ["NET.0002"],
    "SlowDown": ["SlowDown"],
    "net.SlowDownError": ["SlowDown"],
    "mysdk.api_errors.net.SlowDownError": ["SlowDown"],
    "NetErrorCode.NET_0002": ["NET.0002"],
    "SomethingMissingError": ["NET.0002"],
    "1007": ["1007"],
    # In both services, and in one.
    "NET.0001": ["disks/NET.0001", "net/NET.0001"],
    "disks/NET.0001": ["disks/NET.0001"],
    # In another spelling.
    "net2": ["NET.0002"],
    "net-0002": ["NET.0002"],
    "Net 0002": ["NET.0002"],
    " net.2 ": ["NET.0002"],
    "slow_down": ["SlowDown"],
    "disk-full": ["DISK_FULL"],
    "dsk07": ["DSK-7"],
    "171": ["0171"],
    "something missing error": ["NET.0002"],
    "net.1.02": ["NET.1.2"],
    # By the beginning, by the service, by the status.
    "NET.00": ["disks/NET.0001", "net/NET.0001", "NET.0002", "NET.0010"],
    "net1.2": ["NET.1.2"],
    "DiskMiss": ["DSK-7"],
    "disks": ["disks/NET.0001", "DISK_FULL", "DSK-7"],
    "503": ["SlowDown"],
    "SlowDownErr": ["SlowDown"],
    # Messages: the one with the most text decides.
    "Network 1234-abc could not be found.": ["net/NET.0001"],
    "network 1234-abc  could not be found": ["net/NET.0001"],
    "Router 5 could not be found.": ["NET.0002"],
    "EIP 10.0.0.1 is bound to port 22": ["NET.0010"],
    "12:00 ERROR Network 5 could not be found.": ["net/NET.0001"],
    # One message is in the text, the other one is the text.
    "Disk quota exceeded": ["QUO-2"],
    "12:00 quota exceeded!": ["QUO-1", "QUO-2"],
    "Invalid request": ["NET.1.2", "NET.1.20"],
    "网络abc不存在": ["0171"],
    # A message, and the name of another class.
    "Slow down error.": ["E-9", "SlowDown"],
    "12:00 ERROR Disk full: 5 GB are needed, 1 GB are free (req-1)": ["DISK_FULL"],
    # Texts with a code or a name in them.
    "12:01 ERROR app: NET.0010 (409)": ["NET.0010"],
    "raised mysdk.api_errors.net.SlowDownError: gone": ["SlowDown"],
    "the code is 'DSK-7', error 1007": ["DSK-7"],
    "failed with error code 1007": ["1007"],
    "DSK-7: Network 5 could not be found.": ["DSK-7"],
    "GET /v1/171 took 1007 ms": [],
    # Words of messages.
    "free needed": ["DISK_FULL"],
    "rate": ["SlowDown"],
    # Nothing, although 1007 has a message that is only a placeholder.
    "Something else happened": [],
    "NET.9999": [],
    "...": [],
    "": [],
}
"""Query -> codes, of a service where several have the code."""
