const wrong = "VPN.0097"; // errbook: ignore EB80
