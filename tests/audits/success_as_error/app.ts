if (code === "VPN.0000") { return; } else { throw new ApiError("VPN.0000"); }
