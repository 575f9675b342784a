/// Reads profiles: YAML text in, a checked ``Profile`` or every error in it out.
public struct ProfileReader: Sendable {
    /// What `${NAME}` in a profile's texts is taken from.
    public let environment: [String: String]

    /// A reader that fills in variables from an environment.
    public init(environment: [String: String]) { self.environment = environment }

    /// Reads one profile.
    ///
    /// Overrides are applied in their order before anything is checked, so that an override can mend an error.
    ///
    /// - Parameters:
    ///   - text: the profile's YAML (YAML 1.1), at most ``ProfileLimits/textBytes``.
    ///   - file: the file's name, for errors and, without folder and extension, for a profile that has no name.
    ///   - overrides: values in place of the profile's own.
    ///   - needsScenarios: whether a profile without scenarios is wrong; fuzzing needs none.
    /// - Throws: ``ProfileErrors``, with every error that was found. A text that is no YAML has only its first.
    public func read(
        _ text: String,
        file: String,
        overrides: [ProfileOverride] = [],
        needsScenarios: Bool = true
    ) throws(ProfileErrors) -> Profile {
        let context = ReadingContext(file: file, environment: environment)
        var root = try document(text, context: context)
        for override in overrides { OverrideReader(context: context, override: override).apply(to: &root) }
        let field = Field(context: context, path: "", node: root)
        let profile = DocumentReader(document: field, needsScenarios: needsScenarios).read()
        if let problems = context.problems { throw problems }
        guard let profile else { preconditionFailure("a profile that was not read has an error") }
        return profile
    }

    private func document(_ text: String, context: ReadingContext) throws(ProfileErrors) -> DocumentNode {
        let root: DocumentNode?
        do {
            root = try DocumentParser.parse(text)
        } catch {
            throw ProfileErrors([
                ProfileError(
                    location: .file(name: context.file, line: error.line, column: error.column),
                    problem: error.problem,
                    expectation: error.expectation
                )
            ])
        }
        if let root, !root.isNull { return root }
        throw ProfileErrors([
            ProfileError(
                location: .file(name: context.file, line: 1, column: 1),
                problem: "the profile is empty",
                expectation: "a map with the keys target and scenarios"
            )
        ])
    }
}
