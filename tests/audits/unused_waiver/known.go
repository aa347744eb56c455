const known = "VPN.0094"
