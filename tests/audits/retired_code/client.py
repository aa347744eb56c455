if error.code in ("VPN.0031", "VPN.0004"):
    print("gone")
