import RunProfile

/// Profiles.
enum ProfileTarget {
    private static let reader = ProfileReader(environment: ["TOKEN": "secret"])

    static func run(_ bytes: [UInt8]) {
        do {
            _ = try reader.read(String(decoding: bytes, as: UTF8.self), file: "fuzz.yaml")
        } catch {
            precondition(!error.errors.isEmpty, "a profile is refused without a reason")
            for problem in error.errors { precondition(!"\(problem)".isEmpty, "an error says nothing") }
        }
    }
}
