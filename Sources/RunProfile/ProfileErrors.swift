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
