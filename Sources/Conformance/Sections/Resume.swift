extension ConformanceSection { static let resume = ConformanceSection(4, "Resume", []) }
