try:
    call()
except ApiError as error:
    if error.code == "VPN.0000":
        print("never")
    if error.code != "VPN.0000":
        raise
if response.code == "VPN.0000":
    raise ApiError("VPN.0000")
