SELECT * FROM errors WHERE code = 'VPN.0095' -- errbook: ignore EB801
