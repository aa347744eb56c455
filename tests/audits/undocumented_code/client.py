"""VPN.0050 in a docstring is not code."""

# neither is VPN.0051 in a comment
RETRY = ("VPN.0002", "VPN.0052")
PATHS = "https://docs.example.com/errors/VPN.0053 VPN.00011 xVPN.0054 my-VPN.0055 VPN.0056.html"


def is_gone(error):
    """VPN.0057 neither."""
    return error.code == f"VPN.0058" or error.code == 'vpn.0059'
