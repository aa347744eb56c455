"""keystoneauth1: a session that raises the documented errors; old `except` clauses go on working.

An `except` clause looks at base classes and at nothing else. So what is raised has a class that
derives from both: the generated one, and the one that the library raises for the response.
"""

from functools import cache
from typing import Any, cast

from api_errors import vpn
from keystoneauth1.adapter import Adapter
from keystoneauth1.exceptions import from_response
from requests import Response


class VpnAdapter(Adapter):
    """A session's view of the service; errors of the identity service pass as they are."""

    def request(self, url: str, method: str, **kwargs: Any) -> Response:
        """Send a request; an error response is raised unless *raise_exc* is false."""
        raise_exc = kwargs.pop("raise_exc", self.raise_exc)
        response = super().request(url, method, raise_exc=False, **kwargs)
        if raise_exc is not False and response.status_code >= 400:
            error = from_response(response, method, url)
            raise documented(error, response) from error
        return response


def documented(error: Exception, response: Response) -> vpn.VpnError:
    """Return the documented error of *response*, which is of the class of *error* as well.

    Its attributes are those of both; what both have is the documented one's, unless None.
    """
    ours = vpn.error_from_response(response.status_code, response.headers, response.content)
    kind = _class_of_both((type(ours), type(error)))
    both = kind(*ours.args)
    known = {name: value for name, value in vars(ours).items() if value is not None}
    vars(both).update(vars(ours) | vars(error) | known)
    both.__cause__ = error
    return both


@cache
def _class_of_both(bases: tuple[type[vpn.VpnError], type]) -> type[vpn.VpnError]:
    def reduce(both: vpn.VpnError) -> tuple[object, ...]:  # for pickle and copy
        return documented, (both.__cause__, both.response)

    def initialize(both: vpn.VpnError, *args: object) -> None:
        """Do nothing: all attributes come from the two errors."""

    members = {
        "__module__": bases[0].__module__,
        "__init__": initialize,
        "__reduce__": reduce,
    }
    return cast("type[vpn.VpnError]", type(bases[0].__name__, bases, members))
