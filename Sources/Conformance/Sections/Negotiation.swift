extension ConformanceSection { static let negotiation = ConformanceSection(3, "Negotiation", []) }
