class Errors { static final String GONE = "VPN.0004", QUOTA = "VPN.0061"; }
