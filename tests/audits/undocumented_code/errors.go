var retryable = map[string]bool{"VPN.0002": true, "VPN.0062": true}
