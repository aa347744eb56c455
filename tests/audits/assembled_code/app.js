const code = `VPN.00${number}`;
