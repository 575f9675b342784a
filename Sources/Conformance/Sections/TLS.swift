extension ConformanceSection { static let tls = ConformanceSection(6, "TLS", []) }
