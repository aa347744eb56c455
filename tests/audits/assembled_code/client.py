"""Codes are "VPN." + digits."""

first = "VPN." + "0001"
second = f"VPN.{number:04}"
third = "VPN.%04d" % number
