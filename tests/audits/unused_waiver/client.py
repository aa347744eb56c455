WRONG = "VPN.0099"  # errbook: ignore EB801
RIGHT = "VPN.0001"  # errbook: ignore EB801
EITHER = "VPN.0098"  # errbook: ignore undocumented-code, EB802
TEXT = "errbook: ignore EB801"
