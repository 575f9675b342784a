/// What the readers of one profile share: where it came from, and what was found wrong with it.
final class ReadingContext {
    /// The profile's file name, for errors.
    let file: String
    /// What `${NAME}` is taken from.
    let environment: [String: String]
    /// The errors so far, in the order found.
    private var errors: [ProfileError] = []
    /// How many errors were found beyond those kept.
    private var omitted = 0

    /// A context without errors.
    init(file: String, environment: [String: String]) {
        self.file = file
        self.environment = environment
    }

    /// Whether the limit of kept errors is reached.
    var isFull: Bool { errors.count >= ProfileLimits.errors }

    /// The place of an origin in this profile.
    func location(of origin: DocumentNode.Origin) -> ProfileError.Location {
        switch origin {
        case .file(let line, let column): .file(name: file, line: line, column: column)
        case .override(let text): .override(text)
        }
    }

    /// Keeps an error, or counts it where enough are kept.
    func report(_ error: ProfileError) {
        if isFull { omitted += 1 } else { errors.append(error) }
    }

    /// The errors by line and column, those of overrides last; nil where there are none.
    var problems: ProfileErrors? {
        guard !errors.isEmpty else { return nil }
        let sorted = errors.enumerated().sorted { left, right in
            let (first, second) = (position(of: left.element), position(of: right.element))
            return first == second ? left.offset < right.offset : first < second
        }
        return ProfileErrors(sorted.map(\.element), omitted: omitted)
    }

    private func position(of error: ProfileError) -> (Int, Int) {
        switch error.location {
        case .file(_, let line, let column): (line, column)
        case .override: (.max, .max)
        }
    }
}
