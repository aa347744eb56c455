if (error.code === "VPN.0001" || error.code === `VPN.0060`) { retry(); }
