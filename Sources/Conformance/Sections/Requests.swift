extension ConformanceSection { static let requests = ConformanceSection(7, "Requests", []) }
