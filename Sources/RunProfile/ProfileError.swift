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
