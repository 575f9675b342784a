extension ConformanceSection { static let liveness = ConformanceSection(5, "Liveness", []) }
