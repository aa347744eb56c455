retry if error.code == 'VPN.0064'
