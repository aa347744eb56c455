"""keystoneauth1: an adapter that raises the documented errors; old `except` clauses still work.

An `except` clause only looks at base classes. So each error that is raised has a class with two
bases: the generated class, and the one that keystoneauth1 raises for the response.
"""

from functools import cache
from typing import Any, cast

from api_errors import vpn
from keystoneauth1.adapter import Adapter
from keystoneauth1.exceptions import from_response
from requests import Response


class VpnAdapter(Adapter):
    """An adapter that raises the service's errors; errors of the identity service do not change."""

    def request(self, url: str, method: str, **kwargs: Any) -> Response:
        """Send a request, and raise the error of the response unless *raise_exc* is false."""
        raise_exc = kwargs.pop("raise_exc", self.raise_exc)
        response = super().request(url, method, raise_exc=False, **kwargs)
        if raise_exc is not False and response.status_code >= 400:
            error = from_response(response, method, url)
            raise documented(error, response) from error
        return response


def documented(error: Exception, response: Response) -> vpn.VpnError:
    """Return the documented error in *response*; it is an instance of *error*'s class, too.

    It has the attributes of both errors. If both have an attribute, it has the value from the
    documented error, unless that is None.
    """
    vpn_error = vpn.error_from_response(response.status_code, response.headers, response.content)
    combined_class = _combined_class((type(vpn_error), type(error)))
    combined = combined_class(*vpn_error.args)
    known = {name: value for name, value in vars(vpn_error).items() if value is not None}
    vars(combined).update(vars(vpn_error) | vars(error) | known)
    combined.__cause__ = error
    return combined


@cache
def _combined_class(bases: tuple[type[vpn.VpnError], type]) -> type[vpn.VpnError]:
    def reduce(error: vpn.VpnError) -> tuple[object, ...]:  # for pickle and copy
        return documented, (error.__cause__, error.response)

    def initialize(error: vpn.VpnError, *args: object) -> None:
        """Do nothing: all attributes are copied from the two errors."""

    members = {
        "__module__": bases[0].__module__,
        "__init__": initialize,
        "__reduce__": reduce,
    }
    return cast("type[vpn.VpnError]", type(bases[0].__name__, bases, members))
