"""VPN.0007"""

from api_errors import vpn

try:
    call()
except vpn.WrongRequestError:  # the class of VPN.0001
    code = "VPN.0004"
if code is vpn.VpnErrorCode.VPN_0002 or code == "VPN.0000":
    pass
