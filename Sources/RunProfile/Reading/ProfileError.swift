/// One thing that is wrong with a profile, and what would be right.
public struct ProfileError: Hashable, Sendable {
    /// Where the faulty text stands.
    public enum Location: Hashable, Sendable {
        /// In the profile; line and column count from 1, columns in Unicode scalars.
        case file(name: String, line: Int, column: Int)
        /// In an override given beside the profile (`--set KEY.PATH=VALUE`); its whole text.
        case override(String)
    }

    /// Where the faulty text stands.
    public var location: Location
    /// The key it belongs to, as `scenarios[0].connections`; empty for the whole document.
    public var keyPath: String
    /// What was wrong.
    public var problem: String
    /// What is expected, with an example; nil where the problem says it.
    public var expectation: String?
    /// The nearest known name; nil where none is near.
    public var nearest: String?
    /// The names that could stand there; empty where any could.
    public var knownKeys: [String]

    /// An error from its parts.
    public init(
        location: Location,
        keyPath: String = "",
        problem: String,
        expectation: String? = nil,
        nearest: String? = nil,
        knownKeys: [String] = []
    ) {
        self.location = location
        self.keyPath = keyPath
        self.problem = problem
        self.expectation = expectation
        self.nearest = nearest
        self.knownKeys = knownKeys
    }
}

extension ProfileError: CustomStringConvertible {
    /// The error on one line: `smoke.yaml:12:5: scenarios[0].conections: unknown key; did you mean "connections"?`.
    public var description: String {
        var text = "\(location): "
        if !keyPath.isEmpty { text += keyPath + ": " }
        text += problem
        if let expectation { text += "; expected " + expectation }
        if let nearest { text += "; did you mean \(Quotation.quote(nearest))?" }
        if !knownKeys.isEmpty { text += " (known keys: \(knownKeys.joined(separator: ", ")))" }
        return text
    }
}

extension ProfileError.Location: CustomStringConvertible {
    /// The place as compilers write it: `smoke.yaml:12:5`, or the override: `--set target.urll=reference`.
    public var description: String {
        switch self {
        case .file(let name, let line, let column): "\(name):\(line):\(column)"
        case .override(let text): "--set \(Quotation.shorten(text))"
        }
    }
}

/// Everything that is wrong with a profile, in the order of its lines; overrides come last.
public struct ProfileErrors: Error, Hashable, Sendable {
    /// The errors; at least one, at most ``ProfileLimits/errors``.
    public var errors: [ProfileError]
    /// How many more were found than kept.
    public var omitted: Int

    /// Errors in the order given.
    public init(_ errors: [ProfileError], omitted: Int = 0) {
        self.errors = errors
        self.omitted = omitted
    }
}

extension ProfileErrors: CustomStringConvertible {
    /// One line for each error.
    public var description: String {
        let lines = errors.map(\.description) + (omitted > 0 ? ["and \(omitted) more"] : [])
        return lines.joined(separator: "\n")
    }
}

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

/// Text of a profile as an error shows it: short, on one line, without control characters.
enum Quotation {
    /// Characters that are shown.
    static let length = 80

    /// The text between quotation marks.
    static func quote(_ text: String) -> String { "\"\(shorten(text))\"" }

    /// The text, cut where it is long.
    static func shorten(_ text: String) -> String {
        var shown = ""
        var count = 0
        for scalar in text.unicodeScalars {
            guard count < length else { return shown + "…" }
            count += 1
            switch scalar {
            case "\n": shown += "\\n"
            case "\r": shown += "\\r"
            case "\t": shown += "\\t"
            default:
                if scalar.properties.generalCategory == .control {
                    shown += "\\u{" + String(scalar.value, radix: 16) + "}"
                } else {
                    shown.unicodeScalars.append(scalar)
                }
            }
        }
        return shown
    }
}
